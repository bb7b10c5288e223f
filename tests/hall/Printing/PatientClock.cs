namespace Reception.Hall.Tests.Printing;

/// <summary>
/// The real clock, whose longer timers last ten times as long once the test says so: a machine that runs other tests meanwhile is slow, and that
/// must not pass for a printer that is off.
/// </summary>
internal sealed class PatientClock : TimeProvider
{
    private const int Times = 10;

    private static readonly TimeSpan Longer = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether longer timers that begin from now on last longer.</summary>
    public bool IsPatient { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, IsPatient && dueTime > Longer ? dueTime * Times : dueTime, period);
}
