using Reception.Hosting.Settings;

namespace Reception.Hub.Options;

/// <summary>Limits of taking numbers by phone, each within ten minutes; 0 sets no limit. Phones on the hall's own wireless network may share one address.</summary>
internal sealed record PhoneOptions
{
    /// <summary>Numbers that phones at one address may take.</summary>
    [WholeNumber(0, Note = "0 sets no limit")]
    public int PerAddress { get; init; } = 3;

    /// <summary>Numbers that all phones together may take.</summary>
    [WholeNumber(0, Note = "0 sets no limit")]
    public int Total { get; init; } = 120;

    /// <summary>Wrong codes from one address, after which it must wait.</summary>
    [WholeNumber(0, Note = "0 sets no limit")]
    public int WrongCodes { get; init; } = 20;
}
