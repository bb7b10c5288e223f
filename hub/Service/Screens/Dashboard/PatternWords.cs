using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Dashboard;

/// <summary>An unusual pattern in words, and where its presses are listed.</summary>
internal static class PatternWords
{
    public static (string What, string Where, string Link) Of(UnusualPattern pattern, Words words, HallNames names, ReportingPeriod period) => pattern switch
    {
        TopMarkBurst burst => (
            words["dashboard.pattern.burst", burst.Presses],
            Place(burst.Counter, burst.Day, burst.First, burst.Last, words, names)
                + (burst.Usual is { } usual ? " " + words["dashboard.pattern.usual", usual.Low, usual.High] : ""),
            $"/ratings?from={Days.Text(burst.Day)}&to={Days.Text(burst.Day)}&counter={burst.Counter}&level=5"),
        EmptyCounterPresses empty => (
            words["dashboard.pattern.empty", empty.Presses],
            Place(empty.Counter, empty.Day, empty.First, empty.Last, words, names) + " " + words["dashboard.pattern.not-counted"],
            $"/ratings?from={Days.Text(empty.Day)}&to={Days.Text(empty.Day)}&counter={empty.Counter}&attributed=false"),
        LowResponse low => (
            words["dashboard.pattern.response", words.Percent(low.Share), words.Percent(low.HallShare)],
            words["dashboard.pattern.officer", names.Officer(low.Officer), words.Date(low.Day)],
            $"/ratings?from={Days.Text(period.From)}&to={Days.Text(period.To)}&officer={Uri.EscapeDataString(low.Officer)}"),
        _ => throw new ArgumentException($"There are no words for {pattern.GetType().Name}.", nameof(pattern)),
    };

    private static string Place(int counter, DateOnly day, DateTimeOffset first, DateTimeOffset last, Words words, HallNames names) =>
        words["dashboard.pattern.place", names.Counter(counter), words.Date(day)[..5], words.Time(first), words.Time(last)];
}
