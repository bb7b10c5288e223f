namespace Reception.Hub.Statistics;

/// <summary>Business days from the first to the last, both inside.</summary>
public sealed record DayRange(DateOnly From, DateOnly To)
{
    /// <summary>The longest range that one question may ask for.</summary>
    public const int MaximumDays = 400;

    public int Count => To.DayNumber - From.DayNumber + 1;

    public long FromKey => Days.Key(From);

    public long ToKey => Days.Key(To);

    /// <summary>Reads both ends; null where one is no day, they are turned round, or the range is longer than 400 days.</summary>
    public static DayRange? Read(string? from, string? to) =>
        Days.TryRead(from, out var first) && Days.TryRead(to, out var last) && new DayRange(first, last) is { Count: >= 1 and <= MaximumDays } range
            ? range
            : null;
}
