using Reception.Hall;
using Reception.Hall.Simulation;
using Reception.Hub.Ratings;

namespace Reception.Hub.Demonstration;

/// <summary>Who presses a rater on one day, and what.</summary>
/// <param name="run">The day.</param>
/// <param name="ward">Its people.</param>
/// <param name="random">The day's own source.</param>
/// <param name="mannerOf">How much an officer is liked.</param>
internal sealed class HistoryPresses(HistoryRun run, Ward ward, Random random, Func<string, double> mannerOf)
{
    /// <summary>How many presses come late without a reason, as of a rater whose network cable hangs loose.</summary>
    private const double Late = 0.004;

    /// <summary>On how many days somebody presses while nobody is served.</summary>
    private const double PlaysAtNoon = 0.2;

    /// <summary>The press of a citizen who was served, and what follows it.</summary>
    public IEnumerable<DateTimeOffset> Of(Ticket ticket, int counter, string officer)
    {
        if (!random.Happens(ward.Pace.Rates))
        {
            yield break;
        }

        var device = DemonstrationDevices.Rater(counter);
        var opinion = Opinion.Draw(ward.Pace, mannerOf(officer), ticket.CalledAt!.Value - ticket.IssuedAt, random);
        yield return run.Now + opinion.After;
        var pressed = ReportTime.Whole(run.Now);
        if (random.Happens(Late))
        {
            yield return run.Now + random.Between(60, 1800);
        }

        var press = run.NewId(run.Now);
        var rating = run.Execute(new PressRating(press, device, counter, opinion.Level, ticket.Id, Time(pressed)));
        if (opinion.ThenChangesTo is { } level)
        {
            yield return run.Now + random.Between(1, 4);
            rating = run.Execute(new PressRating(run.NewId(run.Now), device, counter, level, ticket.Id, Time(ReportTime.Whole(run.Now))));
        }

        if (opinion.Reason is { } reason && rating is { Refusal: null, Value: { Level: <= 2 } rated })
        {
            yield return run.Now + random.Between(3, 15);
            run.Execute(new GiveReason(device, rated.Id, reason, Time(ReportTime.Whole(run.Now))));
        }
    }

    /// <summary>A press at a counter that is left at noon: it belongs to no visit.</summary>
    public IEnumerable<DateTimeOffset> AtNoon(DateTimeOffset from, DateTimeOffset to)
    {
        if (!random.Happens(PlaysAtNoon))
        {
            yield break;
        }

        var counter = ward.Counters[random.Next(ward.Counters.Length)].Number;
        yield return from + ((to - from) * (0.5 + (0.4 * random.NextDouble())));
        run.Execute(new PressRating(
            run.NewId(run.Now), DemonstrationDevices.Rater(counter), counter, random.Next(1, 6), null, Time(ReportTime.Whole(run.Now))));
    }

    private ReportTime Time(DateTimeOffset pressed) => new(pressed, ReportTime.Whole(run.Now), IsKnown: true, MayBeLate: false);
}
