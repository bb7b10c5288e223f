using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Hub.Tickets;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>What commands give, as responses: pure functions of their results.</summary>
internal static class Encoders
{
    public static EncodedResult NoContent(Done done) => new(StatusCodes.Status204NoContent, []);

    public static EncodedResult Document<T>(T document, int status = StatusCodes.Status200OK) => new(status, ProtocolJson.Write(document));

    /// <summary>A counter after a command; an empty 204 where no one waits.</summary>
    public static Func<CounterResult, EncodedResult> Counter(Renderer renderer) => result => result.IsNoOneWaiting
        ? new EncodedResult(StatusCodes.Status204NoContent, [])
        : Document(renderer.Counter(result.Hall, result.Counter));

    /// <summary>A ticket after a command.</summary>
    public static Func<TicketResult, EncodedResult> Ticket(Renderer renderer, int status = StatusCodes.Status200OK) => result => Document(renderer.Ticket(result), status);

    /// <summary>A ticket for its issuer: 201 for a new one, 200 for one that the caller holds already.</summary>
    public static Func<TicketResult, EncodedResult> IssuedTicket(Renderer renderer, TicketLinks links) => result => Document(
        renderer.Ticket(result) with { Link = links.Address(result.LinkCode!) }, result.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
}
