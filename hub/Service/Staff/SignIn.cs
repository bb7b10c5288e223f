using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Staff;

/// <summary>Somebody whose PIN was right signs in, an officer at a counter: the duty and the session are one commit.</summary>
internal sealed record SignIn(string Person, int? Counter, byte[] TokenHash, Guid Duty) : JournalCommand
{
    public override Decision Decide(WorkingHall working) =>
        Counter is { } number ? new StartDuty(Duty, number, Person).Decide(working.Hall, working.Now) : Decision.Nothing;

    public override Told Tell(Reply reply, WorkingHall working)
    {
        var session = SessionIn(working.Hall);
        working.Connection.Execute(
            "INSERT INTO session(token, day, person, counter, duty) VALUES (@token, @Day, @Person, @Counter, @duty)",
            new { token = TokenHash, session.Day, session.Person, session.Counter, duty = session.Duty?.ToByteArray(bigEndian: true) },
            working.Transaction);
        return new Told(StatusCodes.Status204NoContent, []);
    }

    /// <summary>The session as the hall stands after signing in: an officer who was there already goes on in the same duty.</summary>
    public Session SessionIn(HallState hall) =>
        new(DayNumber.Of(hall.Day), Person, Counter, Counter is { } number ? hall.Counters[number].Duty : null);
}
