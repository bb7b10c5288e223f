using System.Collections.Concurrent;
using Dapper;
using Reception.Hub.Broker;
using Reception.Hub.Journal;
using Reception.Hub.Ratings;
using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>What is known of each device now: heard when, by which session, with which faults. By the monotonic clock alone.</summary>
internal sealed class DeviceHealth(TimeProvider clock) : IBadMessages
{
    /// <summary>After this silence a device is shown as away.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, DeviceStatus> _devices = [];

    public DeviceStatus Of(string device) => _devices.GetOrAdd(device, _ => new DeviceStatus());

    public bool IsOnline(DeviceStatus status)
    {
        lock (status)
        {
            return IsHeard(status);
        }
    }

    /// <summary>A report came: the device lives.</summary>
    public void Reported(string device, long sequence)
    {
        var status = Of(device);
        lock (status)
        {
            if (status.Sequence is { } last && sequence != last + 1)
            {
                status.SequenceFaults++;
            }

            status.Sequence = sequence;
            Hear(status);
            status.IsPresent = true;
        }
    }

    /// <summary>Reads which start of each device was known when the hub ended.</summary>
    public void Load(HubDatabase database)
    {
        using var reader = database.OpenReader();
        foreach (var (device, boot) in reader.Query<(string Device, byte[] Boot)>("SELECT device, boot FROM device_state WHERE boot IS NOT NULL"))
        {
            Of(device).Boot = new Guid(boot, bigEndian: true);
        }
    }

    /// <summary>A presence came.</summary>
    /// <param name="message">The message that says it.</param>
    /// <param name="presence">The presence in it.</param>
    /// <returns>Whether the device came online with a new session; and its start where that is another than the one known.</returns>
    public (bool IsNew, Guid? Boot) Present(DeviceMessage message, Presence presence)
    {
        var status = Of(message.Device);
        lock (status)
        {
            if (!presence.Online)
            {
                // The death of an older session says nothing of the present one.
                if (status.Session is null || presence.Session == status.Session)
                {
                    status.IsPresent = false;
                }

                return (false, null);
            }

            var isNew = presence.Session != status.Session || !IsHeard(status);
            var isStarted = presence.Boot is not null && presence.Boot != status.Boot;
            (status.Session, status.Software, status.ClaimedCounter, status.ClaimedKind, status.SerialPorts) =
                (presence.Session, presence.Software, presence.Counter, presence.Kind, presence.SerialPorts);
            Hear(status);
            status.IsPresent = true;
            status.Clock = presence.At is { } said ? new ClockReading(message.ConnectedAt, said, message.ReceivedAt) : null;
            if (isStarted)
            {
                // Of a device's first start nothing before it is known, and nothing is to be told from it.
                (status.StartedAt, status.Boot) = (status.Boot is null ? null : message.ReceivedAt, presence.Boot);
            }

            return (isNew, isStarted ? presence.Boot : null);
        }
    }

    /// <summary>When a reported event happened, by the hub's time.</summary>
    /// <param name="message">The message that reports it.</param>
    /// <param name="report">The report in it.</param>
    /// <param name="failedAt">When the hub last could not commit, by the monotonic clock, or null.</param>
    public ReportTime TimeOf(DeviceMessage message, Report report, long? failedAt)
    {
        var now = clock.GetUtcNow();
        var arrival = now - clock.GetElapsedTime(message.ReceivedAt);
        var status = Of(message.Device);
        lock (status)
        {
            TimeSpan? error = status.Clock is { } read && read.ConnectedAt == message.ConnectedAt ? ErrorOf(read) : null;
            status.ReportedError = ShownBy(report, arrival) ?? status.ReportedError;
            return ReportTime.Of(
                report.At,
                Age(report.AgeMs),
                arrival,
                new DeviceClock(error, Instant(status.StartedAt, now), Instant(Later(message.ConnectedAt, failedAt), now)!.Value));
        }
    }

    /// <summary>How much a device's clock is behind the hub's, where that is more than it may be.</summary>
    public TimeSpan? ClockFault(DeviceStatus status)
    {
        lock (status)
        {
            var error = status.Clock is { } read ? ErrorOf(read) : status.ReportedError;
            return error?.Duration() > ReportTime.ClockTolerance ? error : null;
        }
    }

    /// <inheritdoc/>
    public bool Add(string device)
    {
        var status = Of(device);
        lock (status)
        {
            status.BadMessages++;
            if (status.BadLogged is { } logged && clock.GetElapsedTime(logged) < TimeSpan.FromMinutes(1))
            {
                return false;
            }

            status.BadLogged = clock.GetTimestamp();
            return true;
        }
    }

    private TimeSpan ErrorOf(ClockReading read) => clock.GetUtcNow() - clock.GetElapsedTime(read.HeardAt) - read.Said;

    /// <summary>A clock's error as a report shows it: exactly where the device measured the age, at least where it is ahead or cannot be right.</summary>
    private static TimeSpan? ShownBy(Report report, DateTimeOffset now) =>
        (now - report.At) is var behind && Age(report.AgeMs) is { } age ? behind - age
        : behind < -ReportTime.ClockTolerance || behind > ReportTime.Longest ? behind
        : null;

    private static TimeSpan? Age(long? milliseconds) => milliseconds is { } known ? TimeSpan.FromMilliseconds(Math.Min(known, int.MaxValue * 100L)) : null;

    private DateTimeOffset? Instant(long? timestamp, DateTimeOffset now) => timestamp is { } known ? now - clock.GetElapsedTime(known) : null;

    private static long Later(long one, long? other) => other is { } known && known > one ? known : one;

    private bool IsHeard(DeviceStatus status) => status.IsPresent && status.Heard is { } heard && clock.GetElapsedTime(heard) < Silence;

    private void Hear(DeviceStatus status)
    {
        status.Heard = clock.GetTimestamp();
        status.LastSeen = clock.GetUtcNow();
    }
}

/// <summary>What is known of one device; read and written under its own lock.</summary>
internal sealed class DeviceStatus
{
    public bool IsPresent { get; set; }
    public long? Heard { get; set; }
    public DateTimeOffset? LastSeen { get; set; }
    public Guid? Session { get; set; }
    public string? Software { get; set; }
    public int? ClaimedCounter { get; set; }
    public string? ClaimedKind { get; set; }
    public IReadOnlyList<SerialHealth>? SerialPorts { get; set; }
    public long? Sequence { get; set; }
    public int SequenceFaults { get; set; }
    public int BadMessages { get; set; }
    public long? BadLogged { get; set; }

    /// <summary>The clock as the newest presence showed it.</summary>
    public ClockReading? Clock { get; set; }

    /// <summary>The clock's error as a report showed it, where no presence has.</summary>
    public TimeSpan? ReportedError { get; set; }

    /// <summary>Which start of the device its presence named.</summary>
    public Guid? Boot { get; set; }

    /// <summary>When that start was first heard of, by the monotonic clock; null where no earlier one is known.</summary>
    public long? StartedAt { get; set; }
}

/// <summary>What a device's clock said when.</summary>
/// <param name="ConnectedAt">When the connection was made, by the hub's monotonic clock.</param>
/// <param name="Said">The device's time.</param>
/// <param name="HeardAt">When that came, by the hub's monotonic clock.</param>
internal sealed record ClockReading(long ConnectedAt, DateTimeOffset Said, long HeardAt);
