namespace Reception.Hub.Phones;

/// <summary>Limits of taking numbers by phone, each within ten minutes; 0 sets no limit. Phones on the hall's own wireless network may share one address.</summary>
internal sealed record PhoneOptions
{
    /// <summary>Numbers that phones at one address may take.</summary>
    public int PerAddress { get; init; } = 30;

    /// <summary>Numbers that all phones together may take.</summary>
    public int Total { get; init; } = 120;

    /// <summary>Wrong codes from one address, after which it must wait.</summary>
    public int WrongCodes { get; init; } = 20;

    /// <summary>What is wrong with them, or null.</summary>
    public string? Fault() => new[] { ("perAddress", PerAddress), ("total", Total), ("wrongCodes", WrongCodes) }
        .Where(limit => limit.Item2 < 0)
        .Select(limit => $"phone.{limit.Item1}: {limit.Item2} is not allowed; 0 sets no limit, else 1 and more.")
        .FirstOrDefault();
}
