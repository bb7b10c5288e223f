using Reception.Hub.Journal;

namespace Reception.Hub.Province;

/// <summary>A row of the journal by its number and its chain hash: the same number in another history has another hash.</summary>
internal sealed record JournalMark(long Sequence, byte[] Chain)
{
    public static JournalMark Of(JournalRow row) => new(row.Sequence, row.Chain);

    public bool IsIn(JournalPages journal) => journal.Mark(Sequence) is { } there && there.Chain.AsSpan().SequenceEqual(Chain);
}
