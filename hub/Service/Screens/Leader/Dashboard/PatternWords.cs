using Reception.Hub.Journal;
using Reception.Hub.Ratings;
using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>An unusual pattern in words: what was seen, then where and when, and what is usual.</summary>
internal static class PatternWords
{
    public static (string What, string Where) Of(UnusualPattern pattern, Words words, Names names) => pattern switch
    {
        TopMarkBurst burst => (
            words["dashboard.pattern.burst", burst.Presses, Seconds(PressTiming.SoonAfterFinish)],
            $"{Place(Desk(burst.Counter, burst.Officer, names), burst, burst.First, burst.Last, words)} {Usual(burst.HallShare, words)}"),
        PressesAfterStart start => (
            words["dashboard.pattern.start", start.Presses, Seconds(PressTiming.SoonAfterStart)],
            $"{Place(Desk(start.Counter, start.Officer, names), start, start.First, start.Last, words)} {Usual(start.HallShare, words)}"),
        EmptyCounterPresses empty => (
            words["dashboard.pattern.empty", empty.Presses],
            $"{Place(names.Counter(empty.Counter), empty, empty.First, empty.Last, words)} {NotCounted(empty.InHall, words)}"),
        LatePresses late => (
            words["dashboard.pattern.late", late.Presses, Seconds(ReportTime.Prompt)],
            $"{Place(Device(late.Device, late.Counter, names), late, late.First, late.Last, words)} {NotCounted(late.InHall, words)}"),
        TwoSessions sessions => (
            words["dashboard.pattern.sessions", sessions.Device, sessions.SignIns],
            Place(sessions.Counter is { } counter ? names.Counter(counter) : sessions.Device, sessions, sessions.First, sessions.Last, words)
                + " " + words["dashboard.pattern.sessions.usual", string.Join(", ", sessions.Addresses)]),
        LowResponse low => (
            words["dashboard.pattern.response", words.Percent(low.Share), words.Percent(low.HallShare)],
            Officer(low.Officer, low.Days, words, names)),
        EarlyPresses early => (
            words["dashboard.pattern.early", words.Percent(early.Share), early.Presses, early.Rated],
            $"{Officer(early.Officer, early.Days, words, names)} {Usual(early.HallShare, words)}"),
        OneLevelOnly one => (
            words["dashboard.pattern.one-level", one.Presses, words["level." + one.Level]],
            $"{Officer(one.Officer, one.Days, words, names)} {words["dashboard.pattern.one-level.usual", words.Percent(one.HallShare)]}"),
        _ => throw new ArgumentException($"There are no words for {pattern.GetType().Name}.", nameof(pattern)),
    };

    private static int Seconds(TimeSpan span) => (int)span.TotalSeconds;

    private static string Desk(int counter, string officer, Names names) => $"{names.Counter(counter)}, {names.Officer(officer)}";

    private static string Device(string device, int? counter, Names names) => counter is { } known ? $"{names.Counter(known)}, {device}" : device;

    private static string Officer(string officer, DayRange days, Words words, Names names) =>
        words["dashboard.pattern.officer", names.Officer(officer), words.Date(days.From)[..5], words.Date(days.To)[..5]];

    private static string Place(string place, UnusualPattern pattern, DateTimeOffset first, DateTimeOffset last, Words words)
    {
        var (day, from, to) = (words.Date(pattern.Day)[..5], words.Time(first), words.Time(last));
        return from == to ? words["dashboard.pattern.at", place, day, from] : words["dashboard.pattern.place", place, day, from, to];
    }

    private static string Usual(double hallShare, Words words) => words["dashboard.pattern.usual", words.Percent(hallShare)];

    private static string NotCounted(int inHall, Words words) =>
        words["dashboard.pattern.not-counted"] + " " + words["dashboard.pattern.usual.count", inHall, UnusualPatterns.DaysLookedAt];
}
