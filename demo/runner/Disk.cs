using System.Diagnostics;
using System.Globalization;

namespace Reception.Runner;

/// <summary>The disk that holds a folder. A full one is the cause of many a failure, and must be named in place of its consequences.</summary>
internal sealed class Disk(string folder, int roomInMiB)
{
    private const long MiB = 1024 * 1024;

    /// <summary>With less the hub is not ready; the room that is asked for before a start is a little more.</summary>
    private const long LeastFree = 50 * MiB;

    /// <summary>The disk as the cause why a hall does not open, in one line; null where it has room.</summary>
    public string? Fault() => Fault(LeastFree);

    /// <exception cref="StartException">The disk has too little room for a hall.</exception>
    public void DemandRoom()
    {
        if (Fault(roomInMiB * MiB) is { } fault)
        {
            throw new StartException(fault);
        }
    }

    private string? Fault(long least)
    {
        // df knows the mount point and the inodes; .NET knows neither.
        using var df = Process.Start(new ProcessStartInfo("df", ["--block-size=1", "--output=avail,size,itotal,iavail,target", "--", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var lines = df.StandardOutput.ReadToEnd().Split('\n');
        df.WaitForExit();
        if (lines is not [_, var line, ..] || line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries) is not [var free, var size, var nodes, var freeNodes, var mount])
        {
            return null;
        }

        return Count(size) > 0 && Count(free) < least
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"the disk of {folder} is full: {Count(free) / MiB} of {Count(size) / MiB} MiB free on {mount}, {roomInMiB} MiB needed; make room, or name another folder with --data")
            : Count(nodes) > 0 && Count(freeNodes) == 0
                ? $"the disk of {folder} is full: no file can be added on {mount} (no free inodes); remove some, or name another folder with --data"
                : null;
    }

    private static long Count(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
