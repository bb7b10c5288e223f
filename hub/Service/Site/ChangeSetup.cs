using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Site;

/// <summary>
/// An administrator changes the set-up: it is in force from this commit on. Numbers that are out keep what they have; a change that would break
/// it is refused with the reason, and so is one of the order in which they are called, unless it says that it is for them, too.
/// </summary>
internal sealed record ChangeSetup(SetupBook Book, Func<HallFile, HallFile> Edit, string Officer, bool ForThoseWhoWait) : JournalCommand
{
    public override Decision Decide(WorkingHall working)
    {
        // A command of the technician's may have changed it a moment ago.
        Book.Refresh();
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

        if (!ForThoseWhoWait && Book.Reorders(next, working.Hall) is > 0 and var waiting)
        {
            return Decision.Refused(Refusal.NotNow(
                $"đang có {waiting} người chờ theo thứ tự cũ; hãy mở lại trang và chọn áp dụng cho cả họ, hoặc đổi khi không còn ai chờ",
                $"{waiting} people wait by the old order; open the page again and say that it is for them, too, or change it when nobody waits"));
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
