using System.Data.Common;

namespace Reception.Hosting;

/// <summary>Why a program can't work with its data folder, in one line that names the cause and what helps.</summary>
public static class FolderFault
{
    private const long LeastFree = 1024 * 1024;

    // .NET passes on the system's number for a disk that can only be read: EROFS.
    private const int OnlyRead = 30;

    /// <summary>Whether an exception comes from files or a database.</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException or DbException;

    /// <summary>The line. A database on a full disk speaks of input and output only: the disk is looked at.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="exception">What went wrong.</param>
    public static string Line(string folder, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (Directory.Exists(folder) && new DriveInfo(folder).AvailableFreeSpace is < LeastFree and var free)
        {
            return $"the disk of {folder} is full: {free / 1024} KiB free; make room on it.";
        }

        return Unwritable(folder) ?? (exception is DbException ? $"{folder}: {exception.Message}" : exception.Message);
    }

    /// <summary>Why the folder or one of its files can't be written, and what helps; null where all can be.</summary>
    private static string? Unwritable(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            return Of(Path.Combine(folder, $".{Guid.NewGuid()}"), FileMode.CreateNew, FileOptions.DeleteOnClose)
                ?? Directory.EnumerateFiles(folder).Select(file => Of(file, FileMode.Open, FileOptions.None)).FirstOrDefault(fault => fault is not null);
        }
        catch (UnauthorizedAccessException)
        {
            return Foreign(folder);
        }

        string? Of(string file, FileMode mode, FileOptions options)
        {
            try
            {
                using var written = new FileStream(
                    file, new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = options });
                return null;
            }
            catch (UnauthorizedAccessException)
            {
                return Foreign(mode == FileMode.Open ? file : folder);
            }
            catch (IOException exception) when (exception.HResult == OnlyRead)
            {
                return $"the disk of {folder} can only be read. `dmesg` may say why; mount it for writing, `findmnt -T {folder}` names it.";
            }
            catch (IOException)
            {
                // A socket, or a file that somebody has: not a matter of rights.
                return null;
            }
        }

        string Foreign(string path) => OperatingSystem.IsWindows()
            ? $"{path} can't be written by this program's account, {Environment.UserName}. Give it the right: `icacls \"{folder}\" /grant \"{Environment.UserName}:(OI)(CI)F\" /T`."
            : $"{path} can't be written by this program's user, {Environment.UserName}. Give the folder back to it: `chown -R {Environment.UserName}: {folder}`.";
    }
}
