using System.Diagnostics;
using System.Globalization;

namespace Reception.Runner;

/// <summary>The disk that holds a folder. A full one is named as the cause, in place of what fails because of it.</summary>
/// <param name="folder">The folder, which need not be there yet.</param>
/// <param name="remedy">What helps besides room, in words that follow "make room"; empty for nothing.</param>
internal sealed class Disk(string folder, string remedy = "")
{
    /// <summary>What helps where the data folder's disk is full.</summary>
    public const string AnotherFolder = ", or name another folder with --data";

    /// <summary>The room that is asked for before a start, in MiB: a little more than the hub needs.</summary>
    public const int Room = 64;

    private const long MiB = 1024 * 1024;

    /// <summary>With less the hub is not ready.</summary>
    private const long LeastFree = 50 * MiB;

    /// <summary>The disk as the cause why a hall does not open, in one line; null where it has room.</summary>
    public string? Fault() => Fault(LeastFree);

    /// <exception cref="StartException">The disk has too little room for a hall.</exception>
    public void DemandRoom()
    {
        if (Fault(Room * MiB) is { } fault)
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

        if (Count(size) > 0 && Count(free) < least)
        {
            return $"the disk of {folder} is full or too small: {InMiB(free)} of {InMiB(size)} MiB free on {mount}, "
                + $"{Room} MiB needed; make room{remedy}";
        }

        return Count(nodes) > 0 && Count(freeNodes) == 0
            ? $"the disk of {folder} is full: no file can be added on {mount} (no free inodes); remove some{remedy}"
            : null;
    }

    /// <summary>As df says it, which knows the mount point and the inodes; .NET knows neither.</summary>
    private string[] Look()
    {
        string[] arguments = ["--block-size=1", "--output=avail,size,itotal,iavail,target", "--", Existing(folder)];
        var start = new ProcessStartInfo("df", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var df = Process.Start(start)!;
        var lines = df.StandardOutput.ReadToEnd().Split('\n');
        df.WaitForExit();
        return lines is [_, var line, ..] ? line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries) : [];
    }

    /// <summary>The folder, or the nearest one above it that is there.</summary>
    private static string Existing(string folder) =>
        Directory.Exists(folder) || Path.GetDirectoryName(folder) is not { } above ? folder : Existing(above);

    /// <summary>Rounded up, as df does.</summary>
    private static long InMiB(string bytes) => (Count(bytes) + MiB - 1) / MiB;

    private static long Count(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
