namespace Reception.Hub.Broker;

/// <summary>
/// Tells a device that floods from one that sends what it kept while the hub was away: by how long it was kept waiting without a pause.
/// </summary>
internal sealed class FloodWatch(TimeProvider timeProvider)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private long? _sinceAt;
    private long _lastAt;
    private long? _floodAt;

    /// <summary>When the device was last found flooding, by the monotonic clock, within the last minute; else null.</summary>
    public long? At
    {
        get
        {
            lock (_gate)
            {
                return _floodAt is { } at && timeProvider.GetElapsedTime(at) < BrokerLimits.FloodShown ? at : null;
            }
        }
    }

    /// <summary>The device had to wait.</summary>
    /// <returns>Whether this begins a flood.</returns>
    public bool Add()
    {
        lock (_gate)
        {
            var now = timeProvider.GetTimestamp();
            var since = _sinceAt is { } before && timeProvider.GetElapsedTime(_lastAt, now) <= Pause ? before : now;
            (_sinceAt, _lastAt) = (since, now);
            if (timeProvider.GetElapsedTime(since, now) < Length)
            {
                return false;
            }

            var begins = _floodAt is not { } at || timeProvider.GetElapsedTime(at, now) >= BrokerLimits.FloodShown;
            _floodAt = now;
            return begins;
        }
    }
}
