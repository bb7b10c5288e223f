namespace Reception.Hall;

/// <summary>How the two lanes of a service take turns, and how long a ticket of either lane waits at most.</summary>
/// <remarks>
/// <para>
/// The bound: after <c>t + WaitLimit</c>, a ticket that arrived at <c>t</c> is passed by no ticket that arrived later, whatever the lane, at any counter of
/// its service. Only booked tickets whose time has come and tickets that arrived earlier are called before it; at a counter with several services,
/// earlier tickets of its other services too. A transferred ticket keeps its arrival. How many tickets arrive later changes nothing.
/// </para>
/// <para>
/// So it is called at the latest at <c>t + WaitLimit + S · ⌈(n + 1) / c⌉</c>: <c>c</c> counters serve the same services, each calls again within <c>S</c>
/// of its last call (which covers the tickets in hand), and <c>n</c> booked and earlier tickets are still to be called at <c>t + WaitLimit</c>, or at
/// its transfer if that is later. Calls for which an officer chooses the ticket or the service are outside the bound.
/// </para>
/// </remarks>
/// <param name="PriorityInARow">After so many priority calls in a row for a service the next is a normal ticket, if one waits and none is over the limit.</param>
/// <param name="WaitLimitSeconds">A ticket of either lane that has waited longer than this since its arrival goes first, by arrival; its call counts for the turns.</param>
public sealed record LaneRule(int PriorityInARow, int WaitLimitSeconds)
{
    public static LaneRule Default { get; } = new(PriorityInARow: 2, WaitLimitSeconds: 30 * 60);

    public TimeSpan WaitLimit => TimeSpan.FromSeconds(WaitLimitSeconds);
}
