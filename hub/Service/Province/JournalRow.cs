namespace Reception.Hub.Province;

/// <summary>One row of the journal as it lies on the disk.</summary>
internal sealed record JournalRow(long Sequence, long At, int Day, string Kind, string Body, byte[] Chain);

/// <summary>The event as the province gets it, or null for a kind that stays in the house. Pure: one row gives the same bytes.</summary>
internal delegate CloudEvent? RenderEvent(JournalRow row);
