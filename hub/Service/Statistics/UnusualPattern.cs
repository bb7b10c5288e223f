namespace Reception.Hub.Statistics;

/// <summary>Something a leader may want to look at again. The machine points it out and corrects nothing.</summary>
public abstract record UnusualPattern(DateOnly Day)
{
    /// <summary>The ratings behind it.</summary>
    public abstract RatingsQuestion Rows { get; }

    protected RatingsQuestion RowsOfDay => new() { From = Day, To = Day };
}

/// <summary>Top marks one after the other at a counter, each within seconds of the finish; <c>HallShare</c> is the share of such presses in the hall.</summary>
public sealed record TopMarkBurst(
    DateOnly Day, int Counter, string Officer, int Presses, DateTimeOffset First, DateTimeOffset Last, double HallShare) : UnusualPattern(Day)
{
    public override RatingsQuestion Rows =>
        RowsOfDay with { Officer = Officer, Counter = Counter, Kind = PressKind.AfterFinish, Since = First, Until = Last };
}

/// <summary>Presses at a counter, each within seconds of the start of service; <c>HallShare</c> is the share of such presses in the hall.</summary>
public sealed record PressesAfterStart(
    DateOnly Day, int Counter, string Officer, int Presses, DateTimeOffset First, DateTimeOffset Last, double HallShare) : UnusualPattern(Day)
{
    public override RatingsQuestion Rows =>
        RowsOfDay with { Officer = Officer, Counter = Counter, Kind = PressKind.AfterStart, Since = First, Until = Last };
}

/// <summary>Presses at a counter while it served nobody; <c>InHall</c> is how many the whole hall had in the days looked at.</summary>
public sealed record EmptyCounterPresses(DateOnly Day, int Counter, int Presses, DateTimeOffset First, DateTimeOffset Last, int InHall)
    : UnusualPattern(Day)
{
    public override RatingsQuestion Rows => RowsOfDay with { Counter = Counter, Kind = PressKind.EmptyCounter, Since = First, Until = Last };
}

/// <summary>Presses of a device that came late for no known reason; <c>InHall</c> is how many the whole hall had in the days looked at.</summary>
public sealed record LatePresses(DateOnly Day, string Device, int? Counter, int Presses, DateTimeOffset First, DateTimeOffset Last, int InHall)
    : UnusualPattern(Day)
{
    public override RatingsQuestion Rows => RowsOfDay with { Device = Device, Counter = Counter, Kind = PressKind.Late };
}

/// <summary>A device was connected by two clients at once; <c>SignIns</c> is how often a further one signed in.</summary>
public sealed record TwoSessions(
    DateOnly Day, string Device, int? Counter, int SignIns, DateTimeOffset First, DateTimeOffset Last, IReadOnlyList<string> Addresses) : UnusualPattern(Day)
{
    public override RatingsQuestion Rows => RowsOfDay with { Device = Device };
}

/// <summary>An officer whose citizens press clearly less often than those of the whole hall.</summary>
public sealed record LowResponse(DayRange Days, string Officer, double Share, double HallShare) : UnusualPattern(Days.From)
{
    public override RatingsQuestion Rows => new() { From = Days.From, To = Days.To, Officer = Officer };
}

/// <summary>An officer whose visits are rated before the finish clearly more often than those of the whole hall.</summary>
public sealed record EarlyPresses(DayRange Days, string Officer, long Presses, long Rated, double HallShare) : UnusualPattern(Days.From)
{
    public double Share => (double)Presses / Rated;

    public override RatingsQuestion Rows => new() { From = Days.From, To = Days.To, Officer = Officer, Kind = PressKind.BeforeFinish };
}

/// <summary>An officer whose ratings are all of one level, though those of the hall differ; <c>HallShare</c> is that level's share in the hall.</summary>
public sealed record OneLevelOnly(DayRange Days, string Officer, int Level, long Presses, double HallShare) : UnusualPattern(Days.From)
{
    public override RatingsQuestion Rows => new() { From = Days.From, To = Days.To, Officer = Officer, Level = Level };
}
