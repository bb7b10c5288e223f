using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Site;

/// <summary>
/// An administrator changes the set-up: it is in force from this commit on. Numbers that are out keep what they have; a change that would break
/// it is refused with the reason.
/// </summary>
internal sealed record ChangeSetup(SetupBook Book, Func<HallFile, HallFile> Edit, string Officer) : JournalCommand
{
    public override Decision Decide(WorkingHall working)
    {
        var (present, next) = (Book.Current, Edit(Book.Current.File));
        // Of two administrators who take the role from each other at once, the first is heard: so one always stays.
        if (!Administers(present.File) || !Administers(next))
        {
            return Decision.Refused(Refusal.NotAllowed);
        }

        if (Book.Fault(next, working.Hall) is { } fault)
        {
            return Decision.Refused(Refusal.NotNow(fault.Vietnamese, fault.English));
        }

        // Kept first: should the journal's commit fail, the writer takes the set-up over with its next one.
        Book.SetHall(next, present.IsDemonstration, new Author(Officer, working.Now));
        return Book.Current.Rules.Equals(working.Hall.Setup)
            ? Decision.Nothing
            : Decision.Happened(new Reply.Done(), new SetupChanged(working.Now, Book.Current.Rules));
    }

    public override Told Tell(Reply reply, WorkingHall working) => new(StatusCodes.Status204NoContent, []);

    private bool Administers(HallFile file) => file.Officers.Any(officer => officer is { Role: Roles.Administrator, Left: false } && officer.Code == Officer);
}
