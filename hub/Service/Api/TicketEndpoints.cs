using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Registry;
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

    private static Task<IResult> IssueAsync(HttpContext context, TicketLinks links, TimeProvider clock) =>
        ApiRequest.RunAsync(context, Access.TicketDevice, (request, fields) =>
            TicketRequests.Read(fields, request.Caller.Device!.Id, clock.GetUtcNow(), links) ?? new Refuse(Refusals.WrongField(fields.Wrong)));

    private static IResult Get(HttpContext context, string id, Callers callers, TicketBook tickets)
    {
        if (callers.Read(context) is not { } caller)
        {
            return new ToldResult(Problem.Tell(Refusals.UnknownDevice));
        }

        if (Access.SignedIn(caller) is { } refusal)
        {
            return new ToldResult(Problem.Tell(refusal));
        }

        return Guid.TryParseExact(id, "D", out var ticket) && tickets.Find(ticket) is { } document
            ? new ToldResult(new Told(StatusCodes.Status200OK, ProtocolJson.Write(document)))
            : new ToldResult(Problem.Tell(Refusal.UnknownTicket));
    }

    private static Task<IResult> CancelAsync(HttpContext context, string id) =>
        ApiRequest.RunAsync(context, Access.AnyPerson, (request, fields) =>
        {
            var reason = Remarks.Read(fields);
            return fields.IsWrong ? new Refuse(Refusals.WrongField(fields.Wrong))
                : Guid.TryParseExact(id, "D", out var ticket) ? new Act(new CancelTicket(ticket, request.Caller.Person!.Code, null)) { Remark = reason }
                : new Refuse(Refusal.UnknownTicket);
        });

    private static Task<IResult> ReprintAsync(HttpContext context, string id, SetupBook book, DeviceList devices, BrokerPost post) =>
        ApiRequest.RunAsync(context, Access.AnyPerson, (_, fields) =>
        {
            var device = fields.Text("device", name =>
                book.Current.Devices.TryGetValue(name, out var known) && (known.Kind is DeviceKinds.Kiosk or DeviceKinds.CounterAgent or DeviceKinds.Printer));
            return fields.IsWrong ? new Refuse(Refusals.WrongField(fields.Wrong))
                : Guid.TryParseExact(id, "D", out var ticket) ? new Reprint(ticket, device!, devices, post)
                : new Refuse(Refusal.UnknownTicket);
        });
}
