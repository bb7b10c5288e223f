namespace Reception.Hub.Journal;

/// <summary>
/// The hall's clock: the machine's, as long as that goes with the monotonic one. When it jumps, or stands where it can't be when the hub
/// starts, the hall goes on by the monotonic clock from where it was, until an administrator confirms the machine's clock or it comes back.
/// </summary>
internal sealed class HallClock : TimeProvider
{
    /// <summary>A larger step against the monotonic clock is a jump.</summary>
    public static readonly TimeSpan LargestStep = TimeSpan.FromMinutes(5);

    /// <summary>A hub that starts longer after its last event does not believe the clock.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(31);

    private readonly TimeProvider _machine;
    private readonly Lock _one = new();

    // The instant that was last believed, and where the monotonic clock stood then.
    private DateTimeOffset _at;
    private long _ticks;

    public HallClock(TimeProvider machine)
    {
        _machine = machine;
        Confirm();
    }

    /// <summary>What is not believed, or null while the machine's clock is.</summary>
    public ClockDoubt? Doubt
    {
        get
        {
            lock (_one)
            {
                var (machine, hall) = Look();
                return machine == hall ? null : new ClockDoubt(machine, hall);
            }
        }
    }

    public override long TimestampFrequency => _machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_one)
        {
            return Look().Hall;
        }
    }

    public override long GetTimestamp() => _machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>The hub starts: its journal's newest event says about when that must be.</summary>
    public void StartAfter(DateTimeOffset newest)
    {
        lock (_one)
        {
            var machine = _machine.GetUtcNow();
            if (machine < newest - LargestStep || machine > newest + LongestSilence)
            {
                (_at, _ticks) = (newest, _machine.GetTimestamp());
            }
        }
    }

    /// <summary>The machine's clock is right.</summary>
    public void Confirm()
    {
        lock (_one)
        {
            (_at, _ticks) = (_machine.GetUtcNow(), _machine.GetTimestamp());
        }
    }

    private (DateTimeOffset Machine, DateTimeOffset Hall) Look()
    {
        var (machine, ticks) = (_machine.GetUtcNow(), _machine.GetTimestamp());
        var expected = _at + _machine.GetElapsedTime(_ticks, ticks);
        if ((machine - expected).Duration() > LargestStep)
        {
            return (machine, expected);
        }

        (_at, _ticks) = (machine, ticks);
        return (machine, machine);
    }
}

/// <summary>The machine's clock shows one time, and the hall goes by another.</summary>
internal sealed record ClockDoubt(DateTimeOffset Machine, DateTimeOffset Hall);
