namespace Reception.Hub.Journal;

/// <summary>Says that this process alone writes a data folder; the system lets go of it when the process ends.</summary>
internal sealed class FolderLock : IDisposable
{
    // .NET passes on the system's number for a file that another process has: EWOULDBLOCK, and ERROR_SHARING_VIOLATION on Windows.
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or says in a line why not.</summary>
    public static FolderLock Take(string folder) =>
        TryTake(folder) ?? throw new StartException($"data: another hub writes in {folder}. Stop it first, or give this one a folder of its own.");

    /// <summary>Takes the lock; null where another process has it.</summary>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is WouldBlock or SharingViolation)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
