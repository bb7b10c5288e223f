using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Phones;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>Numbers by phone, for who stands in the hall.</summary>
internal static class JoinEndpoints
{
    public static void MapJoin(this RouteGroupBuilder api)
    {
        api.MapPost("/join", JoinAsync).ServedPlain().WithBody<JoinBody>()
            .Produces<TicketDocument>(StatusCodes.Status201Created).Produces<TicketDocument>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("A phone in the hall takes a number.")
            .WithDescription("""
                Anyone may call; `code` proves presence. The phone is known by the cookie `phone`, which the first answer sets (a repeat of that first
                call without the cookie is known by its Idempotency-Key). 201: a new ticket with its `link`, `printed` is `none`. 200: the phone's
                live ticket of this service again, also one that goes on to it, with the same `link`; neither the code nor the limits are asked then. 400 `malformed`: a field is
                missing or wrong. 403 `not-allowed`: the code is not the one shown now, nor the one before within the first 5 minutes of a new one.
                404 `unknown-service`. 409 `service-closed`, or `not-allowed-now` where the phone holds a number of a further service, or the hub has no
                `publicAddress`. 429 `too-many` with
                `Retry-After` in seconds: too many numbers by phone from this address (3) or from all together (120), or too many wrong codes from
                this address (20), each within 10 minutes and configurable as `phone.perAddress`, `phone.total` and `phone.wrongCodes`.
                """);
        api.MapGet("/join", Invitation).Produces<JoinDocument>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("What a screen in the hall shows to phones; for signed-in people and devices.")
            .WithDescription("409 `not-allowed-now` where the hub has no `publicAddress`.");
    }

    private static async Task<IResult> JoinAsync(HttpContext context, JoinByPhone join, HubSecret secret, Renderer renderer, TicketLinks links)
    {
        var phone = PhoneCookie.Mark(context, secret, context.Request.Headers["Idempotency-Key"]);
        using var place = join.Reserve(context.Address());
        return await ApiRequest.RunAsync<TicketResult>(
            context,
            new Caller(null, null) { Phone = phone },
            (_, fields) =>
            {
                var code = fields.Text("code", text => text.Length <= 64);
                var service = fields.Text("service");
                var further = TicketRequests.Further(fields, service);
                var lane = fields.Code("lane", Codes.Lane);
                fields.OptionalText("language", language => language is "vi" or "en");
                return fields.IsWrong
                    ? Refusals.WrongField(fields.Wrong)
                    : join.Read(code!, [service!, .. further], lane!.Value, phone, place).Then<JournalCommand<TicketResult>>(command => command);
            },
            Encoders.IssuedTicket(renderer, links));
    }

    private static IResult Invitation(HttpContext context, Callers callers, JoinByPhone join, PresenceCode presence, Renderer renderer) =>
        callers.Read(context) is not { } caller ? Problems.Response(Refusals.UnknownDevice)
        : Access.SignedIn(caller) is { } refusal ? Problems.Response(refusal)
        : join.Invitation is not { } link ? Problems.Response(JoinByPhone.NotOffered)
        : EncodedResponse.Of(new JoinDocument(link, presence.Current, renderer.Local(presence.Until)));
}

/// <summary>The body of a request for a number by phone.</summary>
/// <param name="Code">The 6 digits that the hall's screens show; spaces are ignored.</param>
/// <param name="Service">The service's code.</param>
/// <param name="Lane"><c>normal</c> or <c>priority</c>.</param>
/// <param name="Language"><c>vi</c> or <c>en</c>.</param>
/// <param name="Services">Further errands, in order.</param>
internal sealed record JoinBody(string Code, string Service, string Lane, string? Language, IReadOnlyList<string>? Services);

/// <summary>What a screen in the hall shows to phones.</summary>
/// <param name="Link">The page's address with the code, for a QR.</param>
/// <param name="Code">6 digits.</param>
/// <param name="Until">When the next code comes; this one holds 5 minutes longer.</param>
internal sealed record JoinDocument(string Link, string Code, DateTimeOffset Until);
