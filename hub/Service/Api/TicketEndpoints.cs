using Reception.Hall;
using Reception.Hub.Devices;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>Taking a number, and what happens to it besides a counter's calls.</summary>
internal static class TicketEndpoints
{
    private const string Id = "The ticket's id.";

    public static void MapTickets(this RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("Tickets");
        tickets.MapPost("", IssueAsync)
            .Describe("takeNumber", "A kiosk or counter agent takes a number.", """
                With `appointment` a booked citizen checks in: 404 `unknown-appointment`; 409 `not-allowed-now` where it is of another day
                or service, or used.
                """)
            .Takes(Examples.TicketRequest).Gives(Examples.Issued, StatusCodes.Status201Created, "The ticket, with its `link`.")
            .Commands(KnownBy.Secret, "unknown-service", "unknown-appointment", "service-closed", "not-allowed-now", "too-many");
        tickets.MapGet("/{id}", Get)
            .Describe("getTicket", "The ticket, live.")
            .Asks<Guid>("id", Id, Examples.Waiting.Id)
            .Reads(KnownBy.SessionOrSecret, "unknown-ticket", "not-ready").Gives(Examples.Waiting);
        tickets.MapPost("/{id}/cancel", CancelAsync)
            .Describe("cancelTicket", "Cancels a ticket that waits, is on hold or is called.")
            .Asks<Guid>("id", Id, Examples.Waiting.Id).Takes(new ReasonBody("Công dân đã về."), required: false)
            .Commands(KnownBy.Session, "unknown-ticket", "not-allowed-now").Gives(Examples.Cancelled);
        tickets.MapPost("/{id}/reprint", ReprintAsync)
            .Describe("reprintTicket", "Prints a copy, marked as such, at a device.",
                "409 `not-allowed-now` where that device can't print now.")
            .Asks<Guid>("id", Id, Examples.Waiting.Id).Takes(new ReprintBody("kiosk-1"))
            .Commands(KnownBy.Session, "unknown-ticket", "not-allowed-now")
            .Gives(Examples.Waiting, StatusCodes.Status202Accepted, "The copy is ordered.");
    }

    private static Task<IResult> IssueAsync(HttpContext context, TicketLinks links, Renderer renderer, TimeProvider clock) =>
        ApiRequest.RunAsync(
            context,
            Access.TicketDevice,
            (request, fields) => TicketRequests.Read(fields, request.Caller.Device!.Id, null, clock.GetUtcNow(), links) is { } take
                ? take
                : (Result<JournalCommand<TicketResult>>)Refusals.WrongField(fields.Wrong),
            Encoders.IssuedTicket(renderer, links));

    private static EncodedResponse Get(HttpContext context, string id, Callers callers, TicketBook tickets) =>
        callers.Read(context) is not { } caller ? Problems.Response(Refusals.UnknownDevice)
        : Access.SignedIn(caller) is { } refusal ? Problems.Response(refusal)
        : Guid.TryParseExact(id, "D", out var ticket) && tickets.Find(ticket) is { } document ? EncodedResponse.Of(document)
        : Problems.Response(Refusal.UnknownTicket);

    private static Task<IResult> CancelAsync(HttpContext context, string id, Renderer renderer) =>
        ApiRequest.RunAsync<TicketResult>(
            context,
            Access.AnyPerson,
            (request, fields) =>
            {
                var reason = Remarks.Read(fields);
                return fields.IsWrong ? Refusals.WrongField(fields.Wrong)
                    : Guid.TryParseExact(id, "D", out var ticket) ? new Cancel(new CancelTicket(ticket, request.Caller.Person!.Code, null), reason)
                    : Refusal.UnknownTicket;
            },
            Encoders.Ticket(renderer));

    private static Task<IResult> ReprintAsync(HttpContext context, string id, SetupBook book, DeviceList devices, BrokerPost post, Renderer renderer) =>
        ApiRequest.RunAsync<TicketResult>(
            context,
            Access.AnyPerson,
            (_, fields) =>
            {
                var device = fields.Text("device", name =>
                    book.Current.Devices.TryGetValue(name, out var known) && (known.Kind is DeviceKinds.Kiosk or DeviceKinds.CounterAgent or DeviceKinds.Printer));
                return fields.IsWrong ? Refusals.WrongField(fields.Wrong)
                    : Guid.TryParseExact(id, "D", out var ticket) ? new Reprint(ticket, device!, devices, post)
                    : Refusal.UnknownTicket;
            },
            Encoders.Ticket(renderer, StatusCodes.Status202Accepted));
}
