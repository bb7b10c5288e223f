using Reception.Device.Settings;
using Reception.Hosting.Settings;

namespace Reception.Rater;

/// <summary>The touch rater's settings.</summary>
internal sealed record RaterOptions : DeviceOptions, IScreenOptions
{
    /// <summary>The counter that it stands at.</summary>
    [WholeNumber(1, 999)]
    public required int Counter { get; init; }

    /// <summary>Where the screen is served: on this machine only.</summary>
    [LoopbackAddress]
    public required Uri Http { get; init; }

    /// <summary>Where the catalogue is fetched.</summary>
    [HttpAddress]
    public required Uri Hub { get; init; }
}
