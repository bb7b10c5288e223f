using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Security;

namespace Reception.Hub.Staff;

/// <summary>Somebody ends all sessions of the own account; an officer leaves the counter, with no ticket in hand.</summary>
internal sealed record SignOutEverywhere(string Person, Sessions Sessions) : JournalCommand<Done>
{
    /// <summary>The address that the person signs out from.</summary>
    public string? From { get; init; }

    public override Result<Done> Execute(HallTransaction transaction)
    {
        if (transaction.Hall.Counters.Values.FirstOrDefault(counter => counter.Officer == Person) is { } counter
            && transaction.Execute(new EndDuty(counter.Number, Person)) is { } refusal)
        {
            return refusal;
        }

        var ended = transaction.Run("DELETE FROM session WHERE person = $p0", Person);
        SecurityLog.Add(transaction, SecurityKind.SignOutEverywhere, Person, new SecurityDetail { From = From, Sessions = ended });
        transaction.AfterCommit(() => Sessions.RemoveAllOf(Person));
        return default(Done);
    }
}
