namespace Reception.Device.Reporting;

/// <summary>When something happened, by both clocks of the device.</summary>
/// <param name="At">By the device's own clock, which may be years wrong.</param>
/// <param name="Monotonic">Milliseconds by the monotonic clock; null where the device does not know when it happened.</param>
/// <param name="Boot">The boot of the machine within which the monotonic clock counts.</param>
public sealed record Moment(DateTimeOffset At, long? Monotonic, Guid Boot);

/// <summary>
/// The device's own clock and its monotonic clock. The monotonic clock of Linux counts from the start of the machine and is the
/// same in every process, so that a moment on the disk keeps its age over a restart of the program, and loses it with a restart of
/// the machine. Time in which the machine sleeps is not counted.
/// </summary>
/// <param name="timeProvider">Both clocks.</param>
/// <param name="boot">The boot of the machine.</param>
public sealed class DeviceClock(TimeProvider timeProvider, Guid boot)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(400);

    /// <summary>
    /// The clocks of this machine; a system that names no boot, such as Windows, counts as started anew with each program.
    /// </summary>
    public static DeviceClock OfThisMachine(TimeProvider timeProvider)
    {
        var isNamed = Guid.TryParse(File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile) : "", out var boot);
        return new DeviceClock(timeProvider, isNamed ? boot : Guid.NewGuid());
    }

    private long Monotonic => (long)timeProvider.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>The present moment.</summary>
    public Moment Now() => Ago(TimeSpan.Zero);

    /// <summary>The moment so long ago; a negative age counts as none.</summary>
    public Moment Ago(TimeSpan age)
    {
        var past = age > TimeSpan.Zero ? age : TimeSpan.Zero;
        return new Moment(timeProvider.GetLocalNow() - past, Monotonic - (long)past.TotalMilliseconds, boot);
    }

    /// <summary>The moment of what happened some time before now.</summary>
    public Moment Unknown() => new(timeProvider.GetLocalNow(), null, boot);

    /// <summary>How long ago it was, in milliseconds; null where that is not known, as after a restart of the machine.</summary>
    public long? AgeMs(Moment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        var age = moment.Boot == boot ? Monotonic - moment.Monotonic : null;
        return age >= 0 && age <= LongestAge.TotalMilliseconds ? age : null;
    }
}
