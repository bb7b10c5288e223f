using System.Collections.Concurrent;
using Reception.Hub.Ratings;
using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>What is known of each device now: heard when, by which session, with which faults. By the monotonic clock alone.</summary>
internal sealed class DeviceHealth(TimeProvider clock)
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

    /// <summary>A presence came; true where the device just came online with a new session.</summary>
    public bool Present(string device, Presence presence)
    {
        var status = Of(device);
        lock (status)
        {
            if (!presence.Online)
            {
                // The death of an older session says nothing of the present one.
                if (status.Session is null || presence.Session == status.Session)
                {
                    status.IsPresent = false;
                }

                return false;
            }

            var isNew = presence.Session != status.Session || !IsHeard(status);
            (status.Session, status.Software, status.ClaimedCounter, status.ClaimedKind, status.SerialPorts) =
                (presence.Session, presence.Software, presence.Counter, presence.Kind, presence.SerialPorts);
            Hear(status);
            status.IsPresent = true;
            return isNew;
        }
    }

    /// <summary>A message could not be used; true where it is to be logged, once a minute.</summary>
    public bool Bad(string device)
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

    /// <summary>A report said the time: one that is ahead of its arrival, or can't be one of this hall, is a fault of the clock.</summary>
    public void ClockRead(string device, DateTimeOffset at, DateTimeOffset arrival)
    {
        if (ReportTime.IsAhead(at, arrival) || !ReportTime.IsPossible(at, arrival))
        {
            var status = Of(device);
            lock (status)
            {
                status.ClockFault = new ClockFault(at, arrival);
            }
        }
    }

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
    public ClockFault? ClockFault { get; set; }
}

/// <summary>A time that a device's clock said, and when.</summary>
internal sealed record ClockFault(DateTimeOffset Said, DateTimeOffset At);
