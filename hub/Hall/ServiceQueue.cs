using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>A service on one business day: its number series, who waits, and how long service takes.</summary>
public sealed record ServiceQueue
{
    public required ServiceSetup Setup { get; init; }

    /// <summary>The counters that serve it.</summary>
    public ImmutableArray<int> Counters { get; init; } = [];

    /// <summary>Whether it was taken out of the set-up today.</summary>
    internal bool Gone { get; init; }

    /// <summary>Numbers given out today.</summary>
    public int Issued { get; init; }

    /// <summary>Errands asked for today: its numbers, and those of other services that go on to it.</summary>
    public int Errands { get; init; }

    /// <summary>How many of them before noon.</summary>
    public int ErrandsInMorning { get; init; }

    /// <summary>Who waits for any counter of the service.</summary>
    public Lanes Waiting { get; init; } = Lanes.Empty;

    /// <summary>Priority calls in a row up to now, over all counters; a normal call ends them, one over the limit counts like any other, a chosen one for neither.</summary>
    public int PriorityInARow { get; init; }

    /// <summary>How many wait for one counter alone.</summary>
    public int WaitingAtCounters { get; init; }

    public string? LastCalled { get; init; }

    /// <summary>How many of the numbers given out today are priority.</summary>
    public int IssuedPriority { get; init; }

    /// <summary>How long the newest calls kept their desks, in seconds, newest last.</summary>
    public ImmutableArray<int> CounterTimes { get; init; } = [];

    /// <summary>What these come to.</summary>
    public required Pace Pace { get; init; }

    public int WaitingCount => Waiting.Count + WaitingAtCounters;

    /// <summary>A service at the beginning of a day.</summary>
    internal static ServiceQueue Of(ServiceSetup service, Setup setup) =>
        new ServiceQueue { Setup = service, Pace = Pace.Of([], service.ExpectedServiceSeconds) }.Under(service, setup);

    /// <summary>The same day goes on under another set-up.</summary>
    internal ServiceQueue Under(ServiceSetup service, Setup setup) => this with
    {
        Setup = service,
        Gone = false,
        Counters = [.. setup.Counters.Where(counter => counter.Services.Contains(service.Code)).Select(counter => counter.Number)],
        Pace = Pace.Of(CounterTimes, service.ExpectedServiceSeconds),
    };

    /// <summary>Whether as many errands were asked for in this half day as it has.</summary>
    internal bool IsUsedUp(Quota quota, bool morning) => morning ? ErrandsInMorning >= quota.Morning : Errands - ErrandsInMorning >= quota.Afternoon;

    internal ServiceQueue WithErrand(bool morning) => this with { Errands = Errands + 1, ErrandsInMorning = ErrandsInMorning + (morning ? 1 : 0) };

    internal ServiceQueue WithCounterTime(int seconds)
    {
        var times = (CounterTimes.Length < Pace.Kept ? CounterTimes : CounterTimes.RemoveAt(0)).Add(seconds);
        return this with { CounterTimes = times, Pace = Pace.Of(times, Setup.ExpectedServiceSeconds) };
    }

    /// <summary>An ending was undone: the time at the desk that it counted is no evidence.</summary>
    internal ServiceQueue WithoutCounterTime(int seconds)
    {
        var place = CounterTimes.LastIndexOf(seconds);
        var times = place < 0 ? CounterTimes : CounterTimes.RemoveAt(place);
        return this with { CounterTimes = times, Pace = Pace.Of(times, Setup.ExpectedServiceSeconds) };
    }
}
