namespace Reception.Hub.Broker;

/// <summary>Counts what the broker rejects and logs it at most once a minute.</summary>
internal sealed partial class RejectionLog(TimeProvider timeProvider, ILogger<RejectionLog> logger)
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

        LogRejected(count, what);
    }

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "{Count} connections or messages were rejected; the last: {What}")]
    private partial void LogRejected(int count, string what);
}
