namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>The presses of level 1 that a leader has acknowledged in this browser: the ends of their ids, in a cookie.</summary>
internal sealed class SeenPresses
{
    public const string Cookie = "seen-presses";

    private const int Kept = 12;
    private const int MostText = 100 * (Kept + 1);

    private readonly HashSet<string> _ends;

    private SeenPresses(IEnumerable<string> ends) => _ends = [.. ends];

    public string Text => string.Join('.', _ends);

    public static SeenPresses Of(IEnumerable<Guid> presses) => new(presses.Select(End));

    /// <summary>Reads a cookie or a form's field; what is none of ours is as if nothing was seen.</summary>
    public static SeenPresses Read(string? text) => new(
        text is { Length: <= MostText } ? text.Split('.', StringSplitOptions.RemoveEmptyEntries).Where(end => end.Length == Kept && end.All(char.IsAsciiHexDigitLower)) : []);

    public bool Has(Guid press) => _ends.Contains(End(press));

    private static string End(Guid press) => press.ToString("N")[^Kept..];
}
