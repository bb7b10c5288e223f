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
    public static void MapTickets(this RouteGroupBuilder api)
    {
        api.MapPost("/tickets", IssueAsync).WithBody<TicketRequestBody>().Produces<TicketDocument>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests).WithSummary("A kiosk or counter agent takes a number.");
        api.MapGet("/tickets/{id}", Get).Produces<TicketDocument>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The ticket, live.");
        api.MapPost("/tickets/{id}/cancel", CancelAsync).Produces<TicketDocument>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithBody<ReasonBody>(required: false).WithSummary("Cancels a ticket that is not being served.");
        api.MapPost("/tickets/{id}/reprint", ReprintAsync).Produces<TicketDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict).WithBody<ReprintBody>()
            .WithSummary("Prints a copy, marked as such, at a device.");
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
