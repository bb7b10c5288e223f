namespace Reception.Hub.Broker;

/// <summary>Counts rejections and logs them at most once a minute.</summary>
internal sealed class RejectionLog(TimeProvider timeProvider, Action<int, string> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _loggedAt;
    private int _count;

    public void Add(string what)
    {
        int count;
        lock (_gate)
        {
            _count++;
            if (_loggedAt is { } loggedAt && timeProvider.GetElapsedTime(loggedAt) < Pause)
            {
                return;
            }

            (count, _count, _loggedAt) = (_count, 0, timeProvider.GetTimestamp());
        }

        log(count, what);
    }
}
