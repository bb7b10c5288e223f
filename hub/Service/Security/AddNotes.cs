using Reception.Hub.Journal;

namespace Reception.Hub.Security;

/// <summary>Writes notes to the security log.</summary>
internal sealed record AddNotes(IReadOnlyList<SecurityNote> Notes) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        foreach (var note in Notes)
        {
            SecurityLog.Add(transaction, note.Kind, note.Person, note.Detail);
        }

        return default(Done);
    }
}
