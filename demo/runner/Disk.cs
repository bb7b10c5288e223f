using System.Diagnostics;
using System.Globalization;

namespace Reception.Runner;

/// <summary>The disk that holds a folder. A full one is named as the cause, in place of what fails because of it.</summary>
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
        if (Look() is not [var free, var size, var nodes, var freeNodes, var mount])
        {
            return null;
        }

        const string Remedy = "or name another folder with --data";
        if (Count(size) > 0 && Count(free) < least)
        {
            return $"the disk of {folder} is full or too small: {Count(free) / MiB} of {Count(size) / MiB} MiB free on {mount}, "
                + $"{roomInMiB} MiB needed; make room, {Remedy}";
        }

        return Count(nodes) > 0 && Count(freeNodes) == 0
            ? $"the disk of {folder} is full: no file can be added on {mount} (no free inodes); remove some, {Remedy}"
            : null;
    }

    /// <summary>As df says it, which knows the mount point and the inodes; .NET knows neither.</summary>
    private string[] Look()
    {
        string[] arguments = ["--block-size=1", "--output=avail,size,itotal,iavail,target", "--", folder];
        var start = new ProcessStartInfo("df", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var df = Process.Start(start)!;
        var lines = df.StandardOutput.ReadToEnd().Split('\n');
        df.WaitForExit();
        return lines is [_, var line, ..] ? line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private static long Count(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
