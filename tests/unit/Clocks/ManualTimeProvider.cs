using Xunit;

namespace Reception.Unit.Tests.Clocks;

/// <summary>A clock that stands still until a test moves it, and tells when someone waits on it.</summary>
internal sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Lock _one = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private long _ticks;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_one)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_one)
        {
            return _ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and carries out every timer on the way, each at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        long end;
        lock (_one)
        {
            end = _ticks + by.Ticks;
        }

        while (Next(end) is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Moves the wall clock alone, as a hand or an NTP server does.</summary>
    public void SetWallClock(DateTimeOffset now)
    {
        lock (_one)
        {
            _now = now;
        }
    }

    /// <summary>Waits until someone waits for a time in these bounds, moves the clock exactly there, and says how far that was.</summary>
    public async Task<TimeSpan> PassAsync(TimeSpan shortest, TimeSpan longest)
    {
        var far = await WaitAsync(shortest, longest);
        Advance(far);
        return far;
    }

    /// <summary>Waits until someone waits for a time in these bounds, and says how far away it is.</summary>
    public async Task<TimeSpan> WaitAsync(TimeSpan shortest, TimeSpan longest)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            Task changed;
            lock (_one)
            {
                var waits = _timers.Select(timer => TimeSpan.FromTicks(timer.Due - _ticks)).Where(wait => wait >= shortest && wait <= longest).ToList();
                if (waits.Count > 0)
                {
                    return waits.Min();
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Nobody waits between {shortest} and {longest}; waiting are: {Waiting()}");
            }
        }
    }

    private string Waiting()
    {
        lock (_one)
        {
            return string.Join(", ", _timers.Select(timer => TimeSpan.FromTicks(timer.Due - _ticks)));
        }
    }

    private ManualTimer? Next(long end)
    {
        lock (_one)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            var to = next is null ? end : Math.Max(next.Due, _ticks);
            _now += TimeSpan.FromTicks(to - _ticks);
            _ticks = to;
            next?.Arm();
            return next;
        }
    }

    private void Announce()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._one)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._ticks + dueTime.Ticks;
                    clock._timers.Add(this);
                    clock.Announce();
                }
            }

            return true;
        }

        /// <summary>Under the clock's lock: sets the timer for its next turn, or takes it away.</summary>
        public void Arm()
        {
            if (_period > TimeSpan.Zero)
            {
                Due += _period.Ticks;
            }
            else
            {
                clock._timers.Remove(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
