using Reception.Hub.Statistics;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>The hall at this moment, and today's ratings.</summary>
public sealed record NowView
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Who waits longer is late.</summary>
    public required TimeSpan WaitLimit { get; init; }

    /// <summary>Services, the longest queue first.</summary>
    public required IReadOnlyList<QueueNow> Queues { get; init; }

    /// <summary>Who has waited longest, and who follows.</summary>
    public WaitingNow? Longest { get; init; }

    public WaitingNow? Second { get; init; }
    public required IReadOnlyList<CounterNow> Counters { get; init; }
    public required Tally Today { get; init; }

    /// <summary>Printers that something ails, each with its gravest trouble.</summary>
    public IReadOnlyList<(string Device, string Trouble)> Printers { get; init; } = [];

    /// <summary>Devices that are away.</summary>
    public int DevicesAway { get; init; }

    /// <summary>Whether the newest good backup is too old; false where none is to be made.</summary>
    public bool IsBackupOverdue { get; init; }

    /// <summary>When the newest good backup was made, or null.</summary>
    public DateTimeOffset? LastBackup { get; init; }

    /// <summary>The free space of the hub's disk in MiB where it is too little; null where it is enough.</summary>
    public long? LowDiskMb { get; init; }

    /// <summary>How many findings the newest verification of the record has.</summary>
    public int RecordFindings { get; init; }

    public int Waiting => Queues.Sum(queue => queue.Waiting);

    public int Overdue => Queues.Sum(queue => queue.Overdue);
}

/// <summary>How many wait for a service, and how many of them beyond the limit.</summary>
public sealed record QueueNow(string Service, int Waiting, int Overdue);

/// <summary>A ticket that waits.</summary>
public sealed record WaitingNow(string Number, string Service, TimeSpan Waited);

/// <summary>A counter: <c>open</c>, <c>paused</c> or <c>closed</c>.</summary>
public sealed record CounterNow(int Number, string State, DateTimeOffset? PausedAt);

/// <summary>The newest press of level 1 today that nobody has acknowledged, and how many there are besides.</summary>
/// <param name="Today">All of today, as <see cref="SeenPresses"/> writes them: what is acknowledged with it.</param>
public sealed record DisappointedPress(RatingFigures Press, int Others, string Today);
