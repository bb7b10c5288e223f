using Reception.Hosting.Settings;

namespace Reception.Hub.Options;

/// <summary>How much free space of the data folder's disk is too little.</summary>
internal sealed record DiskOptions
{
    /// <summary>Below so many MiB nothing is stored for callers who are not signed in; devices and officers go on.</summary>
    [WholeNumber(0, Note = "0 sets no limit")]
    public int LowMb { get; init; } = 200;

    /// <summary>Below so many MiB the hub says that it is not ready.</summary>
    [WholeNumber(0, Note = "0 sets no limit")]
    public int AlarmMb { get; init; } = 50;
}
