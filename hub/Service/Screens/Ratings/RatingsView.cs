using Reception.Hub.Statistics;

namespace Reception.Hub.Screens.Ratings;

/// <summary>One page of the record of ratings, what it was asked for, and what one can ask for.</summary>
public sealed record RatingsView(
    RatingsQuestion Question, RatingsPage Page, IReadOnlyList<string> Officers, IReadOnlyList<int> Counters)
{
    /// <summary>The question as an address, without its place in the list.</summary>
    public string Query => string.Join('&', new[]
    {
        Part("from", Question.From is { } from ? Days.Text(from) : null),
        Part("to", Question.To is { } to ? Days.Text(to) : null),
        Part("officer", Question.Officer),
        Part("counter", Question.Counter?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Part("level", Question.Level?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Part("attributed", Question.Attributed is { } attributed ? attributed ? "true" : "false" : null),
    }.OfType<string>());

    private static string? Part(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";
}
