using Microsoft.AspNetCore.Components;
using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>The officers' figures as the screen and the printed sheet show them.</summary>
public abstract class OfficersFigures : ComponentBase
{
    [Parameter, EditorRequired] public required PeriodView View { get; set; }
    [Parameter, EditorRequired] public required Names Names { get; set; }
    [Inject] public required Words Words { get; set; }

    protected Tally Whole { get; private set; } = new();

    protected Axis Axis { get; private set; } = Axis.UpToAll(1);

    protected double? Average => Whole.Levels.SatisfiedShare;

    protected override void OnParametersSet()
    {
        Whole = View.Whole;
        var intervals = View.Officers.Where(officer => officer.IsRanked).Select(officer => officer.Figures.Tally.Levels.SatisfiedInterval)
            .Append(Whole.Levels.SatisfiedInterval).OfType<Wilson>().Select(interval => interval.Lower);
        Axis = Axis.UpToAll(intervals.DefaultIfEmpty(1).Min());
    }

    protected string Share(double? share) => share is { } known ? Words.Number(known * 100, 1) : "–";

    protected string Interval(LevelCounts levels) =>
        levels.SatisfiedInterval is { } interval ? $"{Share(interval.Lower)}–{Share(interval.Upper)}" : "–";

    protected string Minutes(long? seconds, int decimals) => seconds is { } known ? Words.Number(known / 60.0, decimals) : "–";

    protected static string Rank(Standing officer) => officer.Best == officer.Worst ? $"{officer.Best}" : $"{officer.Best}–{officer.Worst}";

    protected string Places(IReadOnlyList<int> counters) => counters.Count switch
    {
        0 => "",
        1 => Names.Counter(counters[0]),
        <= 6 => Words["dashboard.officer.counters", string.Join(", ", counters)],
        _ => Words["dashboard.officer.counters", string.Join(", ", counters.Take(6)) + ", …"],
    };
}
