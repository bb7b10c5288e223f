using System.Text;

namespace Reception.Hosting;

/// <summary>Files that only the program's own user, and who runs the machine, may read.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the whole text, or leaves the file as it was.</summary>
    public static void Write(string path, string text)
    {
        var fresh = path + ".new";
        using (var file = Create(fresh))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Makes a folder for the program's own user; one that exists stays as it is.</summary>
    /// <returns>The folder's whole path.</returns>
    public static string MakeFolder(string path) => OperatingSystem.IsWindows()
        ? WindowsAccess.MakeFolder(path)
        : Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute).FullName;

    /// <summary>Whether nobody else on this machine can read the file: on Linux by its mode, on Windows by its access list.</summary>
    public static bool IsPrivate(string path) => OperatingSystem.IsWindows()
        ? !WindowsAccess.IsOpenToUsers(path)
        : (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) == 0;

    /// <summary>Makes a file, or empties it.</summary>
    public static FileStream Create(string path) => OperatingSystem.IsWindows()
        ? WindowsAccess.CreateFile(path)
        : new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
}
