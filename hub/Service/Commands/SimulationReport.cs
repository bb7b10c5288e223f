using System.Globalization;
using System.Text;
using Reception.Hall;
using Reception.Hall.Simulation;
using Reception.Hub.Site;

namespace Reception.Hub.Commands;

/// <summary>What a simulation found, as tables of text. Times are minutes; after ± stands half the 95 % confidence interval.</summary>
internal sealed class SimulationReport(HallSetup setup, Plan plan)
{
    /// <summary>Minutes after which a wait is counted as long.</summary>
    private const int LongWait = 30;

    private const string None = "-";

    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public void Tell(Figures found)
    {
        var from = plan.First.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        var fates = string.Join(", ", found.Fates.Select(fate => $"{Whole(fate.Value)} {fate.Key}"));
        Line($"{setup.File.Site.Name}: {Whole(plan.Days)} working {(plan.Days == 1 ? "day" : "days")} from {from}, seed {plan.Seed}.");
        Line(plan.Unbroken
            ? "As queueing theory wants it: one opening without end, a constant rate, exponential service times, nobody missing, no pause."
            : $"{Whole(found.Came)} came, {ADay(found.Came)} a day: {fates}.");
        Line("Waits are minutes from the number, or from the transfer, to the call; after ± stands half the 95 % confidence interval of a mean.");
        Line();
        var waits = new TextTable(
            "service", "lane", "calls a day", "mean wait", "p90", "p95", "longest", $"over {LongWait}", "overtaken", "at most", "counter time");
        var duty = found.Counters.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Duty);
        foreach (var (service, lane, row) in Rows(found))
        {
            waits.Add(
                service, lane, ADay(row.Calls), Mean(row.Mean), Number(row.Quantile(0.9)), Number(row.Quantile(0.95)), Number(row.Longest),
                Percent(row.ShareOver(LongWait)), Number(row.Calls == 0 ? 0 : row.Overtaken / (double)row.Calls, 2), Whole(row.MostOvertaken),
                Percent(row.InHand / duty));
        }

        Write(waits);
        var counters = new TextTable("counter", "services", "calls a day", "utilisation", "breaks", "hours on duty");
        foreach (var one in found.Counters)
        {
            counters.Add(
                Whole(one.Number), ServicesOf(plan.Setup, one.Number), ADay(one.Calls), Percent(one.Utilisation), Percent(one.Rest / one.Duty),
                ADay(one.Duty.TotalHours));
        }

        Write(counters);
        TellFormula(plan, found);
    }

    /// <summary>The same people before other counters.</summary>
    public void Compare(Figures now, Plan other, Figures then)
    {
        var numbers = plan.Setup.Counters.Concat(other.Setup.Counters).Select(one => one.Number).Distinct().Order().ToList();
        var changes = numbers.Where(number => ServicesOf(plan.Setup, number) != ServicesOf(other.Setup, number)).Select(number =>
            ServicesOf(other.Setup, number) is not None and var services ? $"counter {number} serves {services}" : $"counter {number} is closed");
        Line($"What if {string.Join(" and ", changes.DefaultIfEmpty("nothing changes"))}: the same people with the same errands and service times.");
        Line();
        var waits = new TextTable(
            "service", "lane", "mean now", "then", "change", "p90 now", "then", "p95 now", "then", $"over {LongWait} now", "then");
        foreach (var ((service, lane, before), (_, _, after)) in Rows(now).Zip(Rows(then)))
        {
            waits.Add(
                service, lane, Number(before.Mean.Mean, 2), Number(after.Mean.Mean, 2), Change(Interval.OfChange(before.Sums, after.Sums)),
                Number(before.Quantile(0.9)), Number(after.Quantile(0.9)), Number(before.Quantile(0.95)), Number(after.Quantile(0.95)),
                Percent(before.ShareOver(LongWait)), Percent(after.ShareOver(LongWait)));
        }

        Write(waits);
        var counters = new TextTable("counter", "services then", "calls a day now", "then", "utilisation now", "then");
        foreach (var number in numbers)
        {
            var before = now.Counters.FirstOrDefault(one => one.Number == number);
            var after = then.Counters.FirstOrDefault(one => one.Number == number);
            counters.Add(
                Whole(number), ServicesOf(other.Setup, number), Of(before, one => ADay(one.Calls)), Of(after, one => ADay(one.Calls)),
                Of(before, one => Percent(one.Utilisation)), Of(after, one => Percent(one.Utilisation)));
        }

        Write(counters);
        TellFormula(other, then);
    }

    private void TellFormula(Plan run, Figures found)
    {
        if (!run.Unbroken)
        {
            return;
        }

        Line("Beside the M/M/c formula (Erlang C), which holds where every counter of a group serves all its services:");
        Line();
        var pools = new TextTable("counters", "services", "come an hour", "mean service", "utilisation", "formula", "mean wait", "within ±");
        foreach (var pool in Pool.Of(run.Setup.Counters))
        {
            var waited = found.Of(row => row.Service is { } code && pool.Services.Contains(code)).Mean;
            var formula = run.Formula(pool);
            pools.Add(
                string.Join(", ", pool.Counters), string.Join(", ", pool.Services), Of(formula, one => Number(one.ArrivalsAnHour, 2)),
                Of(formula, one => Number(one.MeanServiceTime.TotalMinutes, 2)), Of(formula, one => Percent(one.Utilisation)),
                Of(formula, one => one.MeanWait is { } wait ? Number(wait.TotalMinutes, 2) : "no end"), Mean(waited),
                formula?.MeanWait is not { } expected || waited.HalfWidth is null or 0 ? None : waited.Holds(expected.TotalMinutes) ? "yes" : "no");
        }

        Write(pools);
    }

    /// <summary>By service and lane, then by lane, then all together.</summary>
    private IEnumerable<(string Service, string Lane, Waits Row)> Rows(Figures found)
    {
        foreach (var service in setup.Rules.Services)
        {
            foreach (var lane in Enum.GetValues<Lane>())
            {
                var name = $"{service.Code} {setup.Service(service.Code)?.Name}";
                yield return (name, lane.Code(), found.Of(row => row.Service == service.Code && row.Lane == lane));
            }
        }

        foreach (var lane in Enum.GetValues<Lane>())
        {
            yield return ("all", lane.Code(), found.Of(row => row.Lane == lane));
        }

        yield return ("all", "both", found.Of());
    }

    private static string ServicesOf(Setup rules, int number) =>
        rules.Counters.FirstOrDefault(one => one.Number == number) is { } counter ? string.Join(", ", counter.Services) : None;

    private static string Of<T>(T? known, Func<T, string> text)
        where T : class => known is null ? None : text(known);

    private string ADay(double sum) => Number(sum / plan.Days);

    private static string Mean(Interval mean) => mean.HalfWidth is { } half ? $"{Number(mean.Mean, 2)} ± {Number(half, 2)}" : Number(mean.Mean, 2);

    private static string Change(Interval change) => (change.Mean > 0 ? "+" : "") + Mean(change);

    private static string Number(double value, int digits = 1) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => $"{Number(share * 100)} %";

    private void Line(string text = "") => _text.Append(text).Append('\n');

    private void Write(TextTable table) => _text.Append(table.Text).Append('\n');
}
