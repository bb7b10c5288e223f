namespace Reception.Hall;

/// <summary>How the two lanes of a service take turns.</summary>
/// <param name="PriorityInARow">After so many priority calls in a row for a service the next is a normal ticket, if one waits.</param>
/// <param name="WaitLimitSeconds">A normal ticket that has waited longer than this since its arrival goes first.</param>
public sealed record LaneRule(int PriorityInARow, int WaitLimitSeconds)
{
    public static LaneRule Default { get; } = new(PriorityInARow: 2, WaitLimitSeconds: 30 * 60);

    public TimeSpan WaitLimit => TimeSpan.FromSeconds(WaitLimitSeconds);
}
