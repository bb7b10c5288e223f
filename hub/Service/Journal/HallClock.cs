namespace Reception.Hub.Journal;

/// <summary>
/// The hall's clock: the machine's, as long as that goes with the monotonic one. When it jumps, or stands where it can't be when the hub
/// starts, the hall goes on by the monotonic clock from where it was, until an administrator confirms the machine's clock or it comes back.
/// A confirmed clock that is behind the hall is caught up with slowly: the hall's time neither runs back nor stands.
/// </summary>
internal sealed class HallClock : TimeProvider
{
    /// <summary>A larger step against the monotonic clock is a jump.</summary>
    public static readonly TimeSpan LargestStep = TimeSpan.FromMinutes(5);

    /// <summary>A hub that starts longer after its last event does not believe the clock.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(31);

    // Many small steps are a jump together: a clock that is set right moves by seconds in an hour.
    private static readonly TimeSpan StepsCounted = TimeSpan.FromHours(1);

    private readonly TimeProvider _machine;
    private readonly Lock _one = new();

    // The instant that was last believed, and where the monotonic clock stood then; and one that was within the last hour.
    private DateTimeOffset _at;
    private long _ticks;
    private DateTimeOffset _earlier;
    private long _earlierTicks;

    // From where, at half pace, the hall's time lets the machine's catch up.
    private DateTimeOffset _ahead = DateTimeOffset.MinValue;
    private long _aheadTicks;

    public HallClock(TimeProvider machine)
    {
        _machine = machine;
        Confirm(DateTimeOffset.MinValue);
    }

    /// <summary>What is not believed, or null while the machine's clock is.</summary>
    public ClockDoubt? Doubt
    {
        get
        {
            lock (_one)
            {
                var (machine, hall, isBelieved) = Look();
                return isBelieved ? null : new ClockDoubt(machine, hall);
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
    /// <param name="newest">When that event happened.</param>
    /// <param name="isDoubted">Whether the machine's clock was in doubt when the hub ended: it is still, unless it is right there.</param>
    public void StartAfter(DateTimeOffset newest, bool isDoubted)
    {
        lock (_one)
        {
            var machine = _machine.GetUtcNow();
            if (machine < newest - LargestStep || machine > newest + (isDoubted ? LargestStep : LongestSilence))
            {
                (_at, _ticks) = (newest, _machine.GetTimestamp());
                (_earlier, _earlierTicks) = (_at, _ticks);
            }
            else
            {
                Confirm(newest);
            }
        }
    }

    /// <summary>The machine's clock is right.</summary>
    /// <param name="newest">When the journal's newest event happened: time does not run back behind it.</param>
    public void Confirm(DateTimeOffset newest)
    {
        lock (_one)
        {
            (_at, _ticks) = (_machine.GetUtcNow(), _machine.GetTimestamp());
            (_earlier, _earlierTicks) = (_at, _ticks);
            (_ahead, _aheadTicks) = (newest, _ticks);
        }
    }

    private (DateTimeOffset Machine, DateTimeOffset Hall, bool IsBelieved) Look()
    {
        var (machine, ticks) = (_machine.GetUtcNow(), _machine.GetTimestamp());
        var expected = _at + _machine.GetElapsedTime(_ticks, ticks);
        var steps = machine - (_earlier + _machine.GetElapsedTime(_earlierTicks, ticks));
        var isBelieved = (machine - expected).Duration() <= LargestStep && steps.Duration() <= LargestStep;
        if (isBelieved)
        {
            (_at, _ticks) = (machine, ticks);
            if (_machine.GetElapsedTime(_earlierTicks, ticks) >= StepsCounted)
            {
                (_earlier, _earlierTicks) = (_at, _ticks);
            }
        }

        var hall = isBelieved ? machine : expected;
        var slow = _ahead + (_machine.GetElapsedTime(_aheadTicks, ticks) / 2);
        return (machine, slow > hall ? slow : hall, isBelieved);
    }
}

/// <summary>The machine's clock shows one time, and the hall goes by another.</summary>
internal sealed record ClockDoubt(DateTimeOffset Machine, DateTimeOffset Hall);
