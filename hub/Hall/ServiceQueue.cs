using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>A service on one business day: its number series, who waits, and how long service takes.</summary>
public sealed record ServiceQueue
{
    /// <summary>How many of the newest service times the estimate looks at.</summary>
    private const int RecentTimes = 15;

    /// <summary>Fewer than this many are no evidence: the set-up's expectation stands.</summary>
    private const int EnoughTimes = 5;

    public required ServiceSetup Setup { get; init; }

    /// <summary>Numbers given out today.</summary>
    public int Issued { get; init; }

    /// <summary>Who waits for any counter of the service.</summary>
    public Lanes Waiting { get; init; } = Lanes.Empty;

    /// <summary>Priority calls in a row up to now, over all counters; a normal call ends them, a chosen one counts for neither.</summary>
    public int PriorityInARow { get; init; }

    /// <summary>How many wait for one counter alone.</summary>
    public int WaitingAtCounters { get; init; }

    public string? LastCalled { get; init; }

    /// <summary>The newest service times in seconds, newest last.</summary>
    public ImmutableArray<int> ServiceTimes { get; init; } = [];

    public int WaitingCount => Waiting.Count + WaitingAtCounters;

    /// <summary>What a service time is expected to be: the median of the newest, which one long case does not move.</summary>
    public int TypicalServiceSeconds =>
        ServiceTimes.Length < EnoughTimes ? Setup.ExpectedServiceSeconds : ServiceTimes.Sort()[ServiceTimes.Length / 2];

    internal ServiceQueue WithServiceTime(int seconds) => this with
    {
        ServiceTimes = (ServiceTimes.Length < RecentTimes ? ServiceTimes : ServiceTimes.RemoveAt(0)).Add(seconds),
    };
}
