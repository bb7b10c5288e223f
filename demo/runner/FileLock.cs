namespace Reception.Runner;

/// <summary>Locks of files, as flock(1) takes them: the system releases them when the last process that holds one ends.</summary>
internal static class FileLock
{
    // EWOULDBLOCK: another process holds it.
    private const int WouldBlock = 11;

    /// <summary>The file in DATA/run that every process of a hall holds, shared.</summary>
    public const string Alive = "alive";

    /// <summary>How long the processes of a <c>./run</c> that was killed may take to end.</summary>
    public static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes a lock alone; null where others still hold it after <paramref name="patience"/>.</summary>
    public static async Task<FileStream?> WaitAsync(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (TimeProvider.System.GetElapsedTime(begun) > patience)
            {
                return null;
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Takes a lock alone; null where others hold it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <summary>Takes a lock with others.</summary>
    /// <exception cref="IOException">One process holds it alone.</exception>
    public static FileStream Share(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
}
