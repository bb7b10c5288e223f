namespace Reception.Hub.Screens.Leader.Metrics;

/// <summary>The hub's figures at one moment. Counts are from the hub's start.</summary>
/// <param name="Waiting">Commands that wait for the journal's writer.</param>
/// <param name="Screens">Open event streams.</param>
/// <param name="Province">What waits for the province; null where none is set.</param>
public sealed record MetricsView(
    DateTimeOffset At,
    WritingTimes Times,
    long Waiting,
    long Screens,
    ProvinceCounts? Province,
    IReadOnlyList<CommandCounts> Commands,
    IReadOnlyList<RefusalCount> Refusals,
    IReadOnlyList<DeviceCounts> Devices,
    IReadOnlyList<PrintCounts> Prints,
    IReadOnlyList<QueueCount> Queues)
{
    // A batch takes as many at most: what waits beyond it waits for a second one.
    private const int ManyWaiting = 256;

    public bool IsQueueLong => Waiting >= ManyWaiting;

    public long Done => Commands.Sum(command => command.Done);

    public long Refused => Commands.Sum(command => command.Refused);

    public long Failed => Commands.Sum(command => command.Failed);

    public long InQueues => Queues.Sum(queue => queue.Waiting);
}

/// <summary>
/// Within how many seconds half of the batches, 95 % of the batches and 95 % of the commits were done; null before the first, infinite
/// where it took longer than is measured.
/// </summary>
public sealed record WritingTimes(double? BatchHalf, double? BatchMost, double? CommitMost)
{
    private const double Slow = 0.25;

    public bool IsSlow => BatchMost > Slow;
}

/// <summary>What waits for the province.</summary>
/// <param name="Backlog">Rows of the journal.</param>
/// <param name="Parked">Events that it refused.</param>
public sealed record ProvinceCounts(long Backlog, long Parked);

/// <summary>What the commands of a name came to.</summary>
public sealed record CommandCounts(string Command, long Done, long Refused, long Repeated, long Failed)
{
    public long All => Done + Refused + Repeated + Failed;
}

/// <summary>Refusals with the same code.</summary>
public sealed record RefusalCount(string Code, long Count);

/// <summary>The devices of a kind.</summary>
/// <param name="Unacknowledged">Messages sent to them that they have not acknowledged.</param>
public sealed record DeviceCounts(string Kind, long Connected, long Registered, long Unacknowledged)
{
    public bool IsAnyAway => Connected < Registered;
}

/// <summary>What devices of a kind reported of their slips.</summary>
public sealed record PrintCounts(string Kind, long Printed, long Failed, long Unknown)
{
    public long All => Printed + Failed + Unknown;
}

/// <summary>Tickets that wait for a service.</summary>
public sealed record QueueCount(string Service, long Waiting);
