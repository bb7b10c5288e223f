using Reception.Hall;
using Reception.Protocol;

namespace Reception.Hub.Journal;

/// <summary>A command of the hall as it comes: nothing more is written than its events.</summary>
internal sealed record Act(HallCommand Command) : JournalCommand
{
    /// <summary>Whether a call for which no one waits is told by its counter; over HTTP it is an empty 204.</summary>
    public bool AlwaysTellsCounter { get; init; }

    /// <summary>Why, in the person's words.</summary>
    public string? Remark { get; init; }

    public override Decision Decide(WorkingHall working) => Command.Decide(working.Hall, working.Now);

    public override Told Tell(Reply reply, WorkingHall working)
    {
        if (reply is not Reply.NoOneWaits)
        {
            Remarks.Keep(working, Remark);
        }

        return Answer(reply, working);
    }

    private Told Answer(Reply reply, WorkingHall working) => reply switch
    {
        Reply.OfTicket told => Ok(working.Renderer.Ticket(working.Hall, working.Hall.Tickets[told.Ticket], working.Now)),
        Reply.OfCounter told => Ok(working.Renderer.Counter(working.Hall, told.Counter)),
        Reply.NoOneWaits told when AlwaysTellsCounter => Ok(working.Renderer.Counter(working.Hall, told.Counter)),
        Reply.NoOneWaits => new Told(StatusCodes.Status204NoContent, []),
        _ => Ok(new { }),
    };

    private static Told Ok<T>(T document) => new(StatusCodes.Status200OK, ProtocolJson.Write(document));
}

/// <summary>Something that was refused before it reached the hall, kept so that a repeat is refused in the same words.</summary>
internal sealed record Refuse(Refusal Refusal) : JournalCommand
{
    public override Decision Decide(WorkingHall working) => Decision.Refused(Refusal);

    public override Told Tell(Reply reply, WorkingHall working) => Problem.Tell(Refusal);
}
