using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Configuration;

/// <summary>
/// An administrator changes the set-up: it is in force from this commit on. Numbers that were issued keep what they have; a change that would break
/// it is refused with the reason, and so is one of the order in which they are called, unless it says that it is for them, too.
/// </summary>
internal sealed record ChangeSetup(Func<HallFile, HallFile> Edit, string Officer, bool ForThoseWhoWait) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        var (present, next) = (transaction.Setup, Edit(transaction.Setup.File));
        // Of two administrators who take the role from each other at once, the first is heard: so one always stays.
        if (!Administers(present.File) || !Administers(next))
        {
            return Refusal.NotAllowed;
        }

        if (present.Fault(next, transaction.Hall) is { } fault)
        {
            return Refusal.NotNow(fault.Vietnamese, fault.English);
        }

        if (!ForThoseWhoWait && present.Reorders(next, transaction.Hall) is > 0 and var waiting)
        {
            return Refusal.NotNow(
                $"đang có {waiting} người chờ theo thứ tự cũ; hãy mở lại trang và chọn áp dụng cho cả họ, hoặc đổi khi không còn ai chờ",
                $"{waiting} people wait by the old order; open the page again and say that it is for them, too, or change it when nobody waits");
        }

        PutInForce(transaction, next, present.IsDemonstration, Officer, isAudited: true);
        return default(Done);
    }

    /// <summary>Writes the hall, an audit entry for each value that changed, and the rules of the day and the public catalogue where they changed.</summary>
    public static void PutInForce(HallTransaction transaction, HallFile next, bool demonstration, string? officer, bool isAudited)
    {
        if (isAudited && transaction.Configured is { } present)
        {
            foreach (var change in SetupChanges.Between(present.File, next))
            {
                AuditLog.Add(transaction, officer, change);
            }
        }

        ConfigurationTables.WriteHall(transaction, next, demonstration);
        transaction.ReloadSetup();
        var rules = transaction.Setup.Rules;
        // A day that is over ends by the rules it had.
        if (transaction.Hall.Day >= rules.DayOf(transaction.Now) && !rules.Equals(transaction.Hall.Setup))
        {
            transaction.Append(new SetupChanged(transaction.Now, rules));
        }

        ForwardedCatalog.Keep(transaction);
    }

    private bool Administers(HallFile file) => file.Officers.Any(officer => officer is { Role: Roles.Administrator, Left: false } && officer.Code == Officer);
}
