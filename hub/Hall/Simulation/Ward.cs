using System.Collections.Immutable;

namespace Reception.Hall.Simulation;

/// <summary>How busy a simulated ward is, and how its people behave. Shares are of 1.</summary>
public sealed record WardPace
{
    /// <summary>How much of the counters' time the arrivals ask for: above 1 the queues grow without end.</summary>
    public double Load { get; init; } = 0.88;

    /// <summary>How arrivals spread over the time since the start, in order; the same all the time where nothing is said.</summary>
    public ImmutableArray<Stretch> Profile { get; init; } = [new(TimeSpan.Zero, TimeSpan.MaxValue, 1)];

    /// <summary>Who stands before the door when it opens, for every counter.</summary>
    public int CrowdAtOpening { get; init; }

    /// <summary>Within how long that crowd has taken its numbers.</summary>
    public TimeSpan OpeningRush { get; init; } = TimeSpan.FromSeconds(40);

    public double Priority { get; init; } = 0.12;
    public double NoShow { get; init; } = 0.04;
    public double Rates { get; init; } = 0.7;
    public double GivesReason { get; init; } = 0.6;
    public double ChangesMind { get; init; } = 0.03;
    public double Transferred { get; init; } = 0.03;

    /// <summary>How many come with a second errand, at another service.</summary>
    public double SecondErrand { get; init; } = 0.05;

    /// <summary>From the call to the desk, on average.</summary>
    public TimeSpan Walk { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>From the end to the next call, on average.</summary>
    public TimeSpan Breath { get; init; } = TimeSpan.FromSeconds(14);

    /// <summary>How often an officer takes a break after a ticket, and for how long on average.</summary>
    public double TakesBreak { get; init; } = 0.04;

    public TimeSpan Break { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Service times spread like this around their mean: their standard deviation over it.</summary>
    public double ServiceTimeSpread { get; init; } = 0.6;

    /// <summary>Whether service times are exponential instead, as the formulas of queueing theory want them.</summary>
    public bool Memoryless { get; init; }
}

/// <summary>A part of the time in which people come so many times as often as on average.</summary>
public sealed record Stretch(TimeSpan From, TimeSpan To, double Weight);

/// <summary>A service as the simulation sees it.</summary>
public sealed record WardService(string Code, TimeSpan MeanServiceTime)
{
    /// <summary>How many come in an hour of weight 1; null asks for <see cref="WardPace.Load"/> of the time its counters have for it.</summary>
    public double? ArrivalsAnHour { get; init; }
}

/// <summary>A counter and the services it serves.</summary>
public sealed record WardCounter(int Number, ImmutableArray<string> Services);

/// <summary>A ward to simulate. The same ward and seed give the same people.</summary>
public sealed record Ward(ImmutableArray<WardService> Services, ImmutableArray<WardCounter> Counters, WardPace Pace)
{
    /// <summary>What passes between two services at a desk on average: the walk there, a breath, now and then a break.</summary>
    public TimeSpan BetweenServices => Pace.Walk + Pace.Breath + (Pace.Break * Pace.TakesBreak);

    public double ArrivalsAnHour(WardService service) => service.ArrivalsAnHour
        ?? Pace.Load * Counters.Where(one => one.Services.Contains(service.Code)).Sum(one => 1.0 / one.Services.Length)
        / (service.MeanServiceTime + BetweenServices).TotalHours / (1 + Pace.SecondErrand);
}
