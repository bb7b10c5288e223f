using Reception.Hub.Journal;

namespace Reception.Hub.Staff;

/// <summary>An administrator gives an officer another PIN.</summary>
/// <param name="Officer">Whose PIN it is.</param>
/// <param name="Hash">What is kept of it.</param>
/// <param name="By">The administrator's code.</param>
internal sealed record ResetPin(string Officer, string Hash, string By) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        Pins.Set(transaction, Officer, Hash, By);
        return default(Done);
    }
}
