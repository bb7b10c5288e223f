using System.Collections.Immutable;

namespace Reception.Hall.Simulation;

/// <summary>How busy a simulated ward is, and how its people behave. Shares are of 1.</summary>
public sealed record WardPace
{
    /// <summary>How much of the counters' time the arrivals ask for: above 1 the queues grow without end.</summary>
    public double Load { get; init; } = 0.88;

    /// <summary>Who stands before the door when it opens, for every counter.</summary>
    public int CrowdAtOpening { get; init; } = 2;

    /// <summary>Within how long that crowd has taken its numbers.</summary>
    public TimeSpan OpeningRush { get; init; } = TimeSpan.FromSeconds(40);

    public double Priority { get; init; } = 0.12;
    public double NoShow { get; init; } = 0.04;
    public double Rates { get; init; } = 0.7;
    public double GivesReason { get; init; } = 0.6;
    public double ChangesMind { get; init; } = 0.03;
    public double Transferred { get; init; } = 0.03;

    /// <summary>How often an officer takes a break after a ticket.</summary>
    public double TakesBreak { get; init; } = 0.04;

    /// <summary>Service times spread like this around their mean: their standard deviation over it.</summary>
    public double ServiceTimeSpread { get; init; } = 0.6;
}

/// <summary>A service as the simulation sees it.</summary>
public sealed record WardService(string Code, TimeSpan MeanServiceTime);

/// <summary>A counter and the services it serves.</summary>
public sealed record WardCounter(int Number, ImmutableArray<string> Services);

/// <summary>A ward to simulate. The same ward and seed give the same people.</summary>
public sealed record Ward(ImmutableArray<WardService> Services, ImmutableArray<WardCounter> Counters, WardPace Pace)
{
    /// <summary>What passes between two services at a desk on average: the walk there, a breath, now and then a break.</summary>
    public static readonly TimeSpan BetweenServices = TimeSpan.FromSeconds(30);

    /// <summary>Arrivals of a service in an hour that ask for <see cref="WardPace.Load"/> of the time its counters have for it.</summary>
    public double ArrivalsAnHour(WardService service) =>
        Pace.Load * Counters.Where(one => one.Services.Contains(service.Code)).Sum(one => 1.0 / one.Services.Length)
        / (service.MeanServiceTime + BetweenServices).TotalHours;
}
