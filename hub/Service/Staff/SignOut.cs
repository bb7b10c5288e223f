using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Staff;

/// <summary>Somebody signs out; an officer leaves the counter, with no ticket in hand.</summary>
internal sealed record SignOut(string Person, int? Counter, byte[] TokenHash) : JournalCommand
{
    public override Decision Decide(WorkingHall working) =>
        Counter is { } number ? new EndDuty(number, Person).Decide(working.Hall, working.Now) : Decision.Nothing;

    public override Told Tell(Reply reply, WorkingHall working)
    {
        working.Connection.Execute("DELETE FROM session WHERE token = @token", new { token = TokenHash }, working.Transaction);
        return new Told(StatusCodes.Status204NoContent, []);
    }
}
