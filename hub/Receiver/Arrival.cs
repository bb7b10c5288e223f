namespace Reception.Receiver;

/// <summary>
/// An event that arrived for the first time, in the order of arrival. <see cref="Skipped"/> numbers of its source's journal lie between it and the
/// highest before it: a hub keeps some entries to itself, so that is no fault. One that is not above the highest before it is <see cref="OutOfOrder"/>.
/// </summary>
internal sealed record Arrival(
    int Index,
    DateTimeOffset Received,
    string Id,
    string Source,
    string Type,
    DateTimeOffset Time,
    string Subject,
    long Sequence,
    long Skipped,
    bool OutOfOrder,
    long Offset,
    int Length);

/// <summary>The whole so far. <see cref="RepeatedBatches"/> counts those whose Idempotency-Key had come before.</summary>
internal sealed record Tally(int Events, long Duplicates, int Batches, int RepeatedBatches, int OutOfOrder, long Skipped, DateTimeOffset? LastReceived)
{
    public static readonly Tally None = new(0, 0, 0, 0, 0, 0, null);
}
