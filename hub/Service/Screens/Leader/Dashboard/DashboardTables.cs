using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>Every table of the dashboard as a file, with more of it than the screen has room for.</summary>
internal static class DashboardTables
{
    private static readonly IReadOnlyList<int> EveryLevel = [1, 2, 3, 4, 5];

    /// <summary>The table of a name, or null where there is none.</summary>
    public static ExportTable? Of(string table, PeriodView view, Names names, Words words) => table switch
    {
        "officers" => Officers(view, names, words),
        "reasons" => Reasons(view, words),
        "services" => Services(view, names, words),
        "hours" => Hours(view, words),
        "weeks" => Weeks(view, words),
        "patterns" => Patterns(view, names, words),
        _ => null,
    };

    public static ExportTable Now(NowView now, Names names, Words words) => new(
        [words["csv.service-code"], words["ratings.service"], words["dashboard.waiting"], words["csv.overdue"]],
        now.Queues.Select(queue => new object?[] { queue.Service, names.Service(queue.Service), queue.Waiting, queue.Overdue }));

    private static ExportTable Officers(PeriodView view, Names names, Words words) => new(
        [words["csv.best"], words["csv.worst"], words["ratings.officer-code"], words["dashboard.officer"], .. Levels(words), words["dashboard.rated"],
            words["csv.satisfied"], words["csv.lower"], words["csv.upper"], words["csv.average"], words["dashboard.not-rated"], words["csv.response"],
            words["dashboard.served"], words["csv.wait"], words["csv.service"], words["ratings.unattributed"]],
        view.Officers.Select(officer =>
        {
            var (tally, levels) = (officer.Figures.Tally, officer.Figures.Tally.Levels);
            return new object?[]
            {
                officer.Best, officer.Worst, officer.Figures.Officer, names.Officer(officer.Figures.Officer), levels.Level1, levels.Level2,
                levels.Level3, levels.Level4, levels.Level5, levels.Rated, Share(levels.SatisfiedShare), Share(levels.SatisfiedInterval?.Lower),
                Share(levels.SatisfiedInterval?.Upper), levels.Average is { } average ? Math.Round(average, 2) : null, tally.NotRated,
                Share(tally.ResponseRate), tally.Served, tally.AverageWaitSeconds, tally.AverageServiceSeconds, officer.Figures.Unattributed,
            };
        }));

    private static ExportTable Reasons(PeriodView view, Words words) => new(
        [words["ratings.reason"], words["dashboard.rated"]],
        view.Reasons.Given.Select(reason => new object?[] { words["reason." + reason.Reason], reason.Ratings })
            .Append([words["dashboard.reasons.silent"], view.Reasons.Silent]));

    private static ExportTable Services(PeriodView view, Names names, Words words) => new(
        [words["csv.service-code"], words["ratings.service"], .. Rated(words), words["csv.told"], words["csv.told.within"], words["csv.told.off"]],
        view.Services.Select(service => (IReadOnlyList<object?>)
        [
            service.Service, names.Service(service.Service), .. Rated(service.Tally), .. Told(view.Estimates.GetValueOrDefault(service.Service)),
        ]));

    private static ExportTable Hours(PeriodView view, Words words) => new(
        [words["csv.hour"], .. Rated(words)],
        view.Hours.Select(hour => (IReadOnlyList<object?>)[hour.Hour, .. Rated(hour.Tally)]));

    private static ExportTable Weeks(PeriodView view, Words words) => new(
        [words["dashboard.week"], .. Levels(words), words["dashboard.rated"], words["csv.satisfied"], words["csv.lower"], words["csv.upper"]],
        view.Trend.Whole.Append(view.Trend.Unfinished).Select(week => new object?[]
        {
            week.Monday, week.Levels.Level1, week.Levels.Level2, week.Levels.Level3, week.Levels.Level4, week.Levels.Level5, week.Levels.Rated,
            Share(week.Levels.SatisfiedShare), Share(week.Levels.SatisfiedInterval?.Lower), Share(week.Levels.SatisfiedInterval?.Upper),
        }));

    private static ExportTable Patterns(PeriodView view, Names names, Words words) => new(
        [words["csv.day"], words["csv.what"], words["csv.where"]],
        view.Patterns.Select(pattern => (pattern.Day, Text: PatternWords.Of(pattern, words, names)))
            .Select(pattern => new object?[] { pattern.Day, pattern.Text.What, pattern.Text.Where }));

    private static IEnumerable<object?> Told(EstimateAccuracy? estimates) =>
        [estimates?.Told ?? 0, Share(estimates?.WithinShare), (long?)estimates?.Off?.TotalSeconds];

    private static IEnumerable<string> Levels(Words words) => EveryLevel.Select(level => words["level." + level]);

    private static IEnumerable<string> Rated(Words words) =>
        [words["dashboard.served"], .. Levels(words), words["dashboard.rated"], words["csv.dissatisfied"], words["csv.wait"], words["csv.service"]];

    private static IEnumerable<object?> Rated(Tally tally) =>
    [
        tally.Served, .. EveryLevel.Select(level => (object?)tally.Levels[level]), tally.Levels.Rated, Share(tally.Levels.DissatisfiedShare),
        tally.AverageWaitSeconds, tally.AverageServiceSeconds,
    ];

    private static double? Share(double? share) => share is { } known ? Math.Round(known, 3, MidpointRounding.AwayFromZero) : null;
}
