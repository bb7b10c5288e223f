using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Security;

namespace Reception.Hub.Staff;

/// <summary>Somebody signs out; an officer leaves the counter, with no ticket in hand.</summary>
internal sealed record SignOut(string Person, int? Counter, byte[] TokenHash, Sessions Sessions) : JournalCommand<Done>
{
    /// <summary>The address that the person signs out from.</summary>
    public string? From { get; init; }

    public override Result<Done> Execute(HallTransaction transaction)
    {
        if (Counter is { } number && transaction.Execute(new EndDuty(number, Person)) is { } refusal)
        {
            return refusal;
        }

        transaction.Run("DELETE FROM session WHERE token = $p0", TokenHash);
        SecurityLog.Add(transaction, SecurityKind.SignOut, Person, new SecurityDetail { From = From, Counter = Counter });
        transaction.AfterCommit(() => Sessions.Remove(TokenHash));
        return default(Done);
    }
}
