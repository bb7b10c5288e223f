namespace Reception.Receiver;

/// <summary>An event that arrived for the first time, in the order of arrival.</summary>
/// <param name="Missing">The sequence of the event before it, where that had not arrived: a gap.</param>
/// <param name="NewJournal">Whether it is the first of another journal of its source, as after a restore from backup.</param>
/// <param name="OutOfOrder">Whether its sequence is not above the highest before it in its journal.</param>
internal sealed record Arrival(
    int Index,
    DateTimeOffset Received,
    string Id,
    string Source,
    string Type,
    DateTimeOffset Time,
    string Subject,
    string? Journal,
    long Sequence,
    long? Missing,
    bool NewJournal,
    bool OutOfOrder,
    long Offset,
    int Length);

/// <summary>The whole so far.</summary>
/// <param name="RepeatedBatches">Those whose Idempotency-Key had come before.</param>
/// <param name="Gaps">Events that later ones name as the one before them, and that have not arrived.</param>
/// <param name="NewJournals">How often a source went on with another journal.</param>
internal sealed record Tally(
    int Events, long Duplicates, int Batches, int RepeatedBatches, int OutOfOrder, int Gaps, int NewJournals, DateTimeOffset? LastReceived)
{
    public static readonly Tally None = new(0, 0, 0, 0, 0, 0, 0, null);
}
