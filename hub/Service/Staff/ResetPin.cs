using Reception.Hub.Journal;

namespace Reception.Hub.Staff;

/// <summary>An administrator gives somebody another PIN, which that person must change at the next sign-in.</summary>
/// <param name="Officer">Whose PIN it is.</param>
/// <param name="Hash">What is kept of it.</param>
/// <param name="By">The administrator's code.</param>
internal sealed record ResetPin(string Officer, string Hash, string By) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        Pins.Set(transaction, Officer, Hash, By, mustChange: By != Officer);
        return default(Done);
    }
}
