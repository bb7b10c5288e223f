using Reception.Hosting.Settings;

namespace Reception.Hub.Options;

/// <summary>Where the hub makes a backup every night. Without a folder it makes none.</summary>
internal sealed record BackupOptions
{
    /// <summary>A folder on another disk.</summary>
    public string? Folder { get; init; }

    /// <summary>The hour by the hall's clock, 0 to 23.</summary>
    [WholeNumber(0, 23)]
    public int Hour { get; init; } = 1;

    /// <summary>How many of its backups stay; older ones are deleted once a new one is proven.</summary>
    [WholeNumber(1)]
    public int Keep { get; init; } = 14;

    /// <summary>The file of a certificate in PEM, which they are encrypted to.</summary>
    public string? EncryptTo { get; init; }

    /// <summary>What is wrong with them, or null. A folder that is not there is no fault: its disk may be away, and the hall opens all the same.</summary>
    /// <param name="data">The data folder.</param>
    public string? Fault(string data) =>
        Folder is { } inside && IsIn(inside, data) ? $"backup.folder: '{inside}' is in the data folder; name one on another disk."
        : null;

    /// <summary>Whether a folder is another one or lies in it: a backup there would hold all those before it.</summary>
    public static bool IsIn(string folder, string other)
    {
        var way = Path.GetRelativePath(Path.GetFullPath(other), Path.GetFullPath(folder));
        return !Path.IsPathRooted(way) && way.Split(Path.DirectorySeparatorChar)[0] != "..";
    }
}
