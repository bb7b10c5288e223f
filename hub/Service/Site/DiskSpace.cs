using Reception.Hub.Options;

namespace Reception.Hub.Site;

/// <summary>The free space of the data folder's disk, read anew each time.</summary>
/// <param name="options">The limits.</param>
/// <param name="readFree">Gives the bytes that are free.</param>
internal sealed class DiskSpace(DiskOptions options, Func<long> readFree)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>The disk that holds a folder.</summary>
    public static DiskSpace Of(HubOptions options)
    {
        var disk = new DriveInfo(Path.GetFullPath(options.Data));
        return new DiskSpace(options.Disk, () => disk.AvailableFreeSpace);
    }

    public long FreeMb => readFree() / Mebibyte;

    /// <summary>From how much on, in MiB, callers who are not signed in are served again.</summary>
    public int LowMb => options.LowMb;

    /// <summary>Whether nothing is stored for callers who are not signed in: what is left is for the hall's own work.</summary>
    public bool IsLow => IsLess(FreeMb, options.LowMb);

    /// <summary>Whether so little is left that the hall itself is in danger.</summary>
    public bool IsAlarming => IsLess(FreeMb, options.AlarmMb);

    // A disk that can't be asked says so where something is written.
    private static bool IsLess(long free, int limit) => limit > 0 && free < limit;
}
