using System.Diagnostics;

namespace Reception.Runner;

/// <summary>
/// The data folder of one <c>./run</c>: taken, marked as Reception's, and laid out. It is released at the end of this process.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string Marker = ".reception";
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string[] Folders = ["logs", "secrets", "kiosk-1", "rater-1", "desk-2", "printer", "receiver"];

    private readonly string _path;
    private FileStream? _lock;

    private DataFolder(string path) => _path = path;

    /// <summary>Takes the folder for this process.</summary>
    /// <param name="path">The folder, made where it is not there.</param>
    /// <param name="fresh">Whether it is emptied; only a folder of a demonstration is.</param>
    /// <param name="cancellationToken">Ends the wait for an earlier start that is ending.</param>
    /// <exception cref="StartException">The folder can't be used; the line says why.</exception>
    public static async Task<DataFolder> TakeAsync(string path, bool fresh, CancellationToken cancellationToken)
    {
        var folder = new DataFolder(path);
        try
        {
            folder.Try(folder.Mark);
            folder._lock = await FileLock.WaitAsync(folder.Run("lock"), FileLock.Goodbye, cancellationToken) ?? throw folder.InUse();
            // The programs of a ./run that was killed are ending.
            using (await FileLock.WaitAsync(folder.Run(FileLock.Alive), FileLock.Goodbye, cancellationToken) ?? throw folder.InUse())
            {
            }

            folder.RefuseRealHall();
            if (fresh)
            {
                folder.Try(folder.Empty);
            }

            new Disk(path, Disk.AnotherFolder).DemandRoom();
            folder.Try(folder.LayOut);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock?.Dispose();

    private string Run(string name) => Path.Combine(_path, "run", name);

    private StartException InUse() => new($"another ./run works on {_path}; stop it, or name another folder with --data");

    /// <summary>Does what has to be done in the folder, or says why it can't be done.</summary>
    private void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            new Disk(_path, Disk.AnotherFolder).DemandRoom();
            // .NET adds the path to the system's words, hides them in an inner exception, or has words of its own.
            var reason = exception is FileNotFoundException or DirectoryNotFoundException ? "No such file or directory"
                : (exception.InnerException ?? exception).Message.Split(" : '")[0];
            throw new StartException($"the data folder can't be written: {_path} ({reason})");
        }
    }

    private void Mark()
    {
        Directory.CreateDirectory(_path, Owner);
        var holds = Directory.EnumerateFileSystemEntries(_path).Select(Path.GetFileName).ToList();
        var probe = Path.Combine(_path, Path.GetRandomFileName());
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
        if (!holds.Contains(Marker))
        {
            if (holds.Count > 0)
            {
                throw new StartException($"the folder holds something that is not Reception's; name another one with --data: {_path}");
            }

            File.WriteAllText(Path.Combine(_path, Marker), "Reception keeps its data in this folder; ./run --fresh may empty it.\n");
        }

        Directory.CreateDirectory(Path.Combine(_path, "run"));
    }

    /// <summary>A real hall has the marker too; a demonstration must not change it.</summary>
    private void RefuseRealHall()
    {
        var settings = Path.Combine(_path, "hub.json");
        if (File.Exists(Path.Combine(_path, "hub.db")) && File.Exists(settings)
            && !File.ReadAllText(settings).Contains("\"demonstration\"", StringComparison.Ordinal))
        {
            throw new StartException($"the folder holds a real hall; name another one with --data: {_path}");
        }
    }

    private void Empty()
    {
        foreach (var entry in new DirectoryInfo(_path).EnumerateFileSystemInfos().Where(entry => entry.Name is not (Marker or "run")))
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private void LayOut()
    {
        foreach (var old in Directory.EnumerateFiles(Path.Combine(_path, "run"), "*.pid"))
        {
            File.Delete(old);
        }

        foreach (var name in Folders)
        {
            Directory.CreateDirectory(Path.Combine(_path, name));
        }

        File.SetUnixFileMode(Path.Combine(_path, "secrets"), Owner);
        MakePipe(Path.Combine(_path, "printer", "commands"));
    }

    /// <summary>The named pipe of the printer's commands; .NET makes none.</summary>
    private static void MakePipe(string path)
    {
        const string Script = """[ -p "$1" ] || { rm -f -- "$1" && mkfifo -- "$1"; }""";
        using var make = Process.Start(new ProcessStartInfo("bash", ["-c", Script, "pipe", path]) { RedirectStandardError = true })!;
        var said = make.StandardError.ReadToEnd().Trim();
        make.WaitForExit();
        if (make.ExitCode != 0)
        {
            throw new IOException(said.Split(": ")[^1]);
        }
    }
}
