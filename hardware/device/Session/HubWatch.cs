using Reception.Protocol;

namespace Reception.Device.Session;

/// <summary>
/// Whether the hub lives, by the device's monotonic clock: away once no <c>hall</c> has come for 30 s. A <c>hall</c> that the
/// broker had kept proves nothing by itself, for the hub may be dead; it counts only where its own instant is recent
/// by the hub's time, or by the device's clock until the hub has told its time.
/// </summary>
internal sealed class HubWatch(TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private long? _aliveUntil;
    private (DateTimeOffset At, long SeenAt)? _told;

    /// <summary>The hub's time: as its newest <c>hall</c> told it, and the monotonic clock since; the device's own until one has come.</summary>
    public DateTimeOffset Time => _told is { } told ? told.At + time.GetElapsedTime(told.SeenAt) : time.GetUtcNow();

    public bool IsAway => _aliveUntil is not { } until || time.GetTimestamp() >= until;

    public void See(HallDocument hall, bool retained)
    {
        if (!retained)
        {
            _told = (hall.At, time.GetTimestamp());
        }

        var age = retained ? (Time - hall.At).Duration() : TimeSpan.Zero;
        var left = Patience - age;
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        var until = time.GetTimestamp() + (long)(left.TotalSeconds * time.TimestampFrequency);
        _aliveUntil = Math.Max(_aliveUntil ?? 0, until);
    }
}
