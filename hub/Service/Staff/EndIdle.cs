using Reception.Hub.Journal;
using Reception.Hub.Security;

namespace Reception.Hub.Staff;

/// <summary>Ends a session in which nothing was done for too long, also for the hub that starts next.</summary>
internal sealed record EndIdle(string Person, byte[] TokenHash, Sessions Sessions) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        transaction.Run("DELETE FROM session WHERE token = $p0", TokenHash);
        SecurityLog.Add(transaction, SecurityKind.SessionIdle, Person, new SecurityDetail());
        transaction.AfterCommit(() => Sessions.Remove(TokenHash));
        return default(Done);
    }
}
