using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Security;

namespace Reception.Hub.Staff;

/// <summary>Somebody whose PIN was right signs in, an officer at a counter: the duty and the session are one commit.</summary>
internal sealed record SignIn(string Person, string PinHash, int? Counter, byte[] TokenHash, Guid Duty, Sessions Sessions) : JournalCommand<Done>
{
    /// <summary>The address that the person signs in from.</summary>
    public string? From { get; init; }

    public override Result<Done> Execute(HallTransaction transaction)
    {
        if (Counter is { } number && transaction.Execute(new StartDuty(Duty, number, Person)) is { } refusal)
        {
            return refusal;
        }

        // An officer who was there already goes on in the same duty.
        var hall = transaction.Hall;
        var session = new Session(DayNumber.Of(hall.Day), Person, Counter, Counter is { } at ? hall.Counters[at].Duty : null, PinHash);
        transaction.Run(
            "INSERT INTO session(token, day, person, counter, duty) VALUES ($p0, $p1, $p2, $p3, $p4)",
            TokenHash, session.Day, session.Person, session.Counter, session.Duty?.ToByteArray(bigEndian: true));
        SecurityLog.Add(transaction, SecurityKind.SignIn, Person, new SecurityDetail { From = From, Counter = Counter });
        transaction.AfterCommit(() => Sessions.Add(TokenHash, session));
        return default(Done);
    }
}
