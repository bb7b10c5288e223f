using System.ComponentModel.DataAnnotations;
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
        var phones = api.MapGroup("/join").WithTags("Phones");
        phones.MapPost("", JoinAsync).ServedPlain()
            .Describe("joinByPhone", "A phone in the hall takes a number.", """
                Anyone may call; `code` proves presence. The phone is known by the cookie `phone`, which the first answer sets (a repeat of that first
                call without the cookie is known by its Idempotency-Key). 201: a new ticket with its `link`, `printed` is `none`. 200: the phone's
                live ticket of this service again, also one that goes on to it, with the same `link`; neither the code nor the limits are asked then. 400 `malformed`: a field is
                missing or wrong. 403 `not-allowed`: the code is not the one shown now, nor the one before within the first 5 minutes of a new one.
                404 `unknown-service`. 409 `service-closed`, or `not-allowed-now` where the phone holds a number of a further service, or the hub has no
                `publicAddress`. 429 `too-many` with
                `Retry-After` in seconds: too many numbers by phone from this address (3) or from all together (120), or too many wrong codes from
                this address (20), each within 10 minutes and configurable as `phone.perAddress`, `phone.total` and `phone.wrongCodes`.
                """)
            .Takes(Examples.Join).Gives(Examples.ByPhone, StatusCodes.Status201Created, "The new ticket.")
            .Gives(Examples.ByPhone, meaning: "The phone's live ticket of this service.")
            .Commands(KnownBy.Nothing, "not-allowed", "unknown-service", "service-closed", "not-allowed-now", "too-many");
        phones.MapGet("", Invitation)
            .Describe("getJoinCode", "What a screen in the hall shows to phones.",
                "409 `not-allowed-now` where the hub has no `publicAddress`.")
            .Reads(KnownBy.SessionOrSecret, "not-allowed-now").Gives(Examples.Invitation);
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

/// <summary>What a screen in the hall shows to phones.</summary>
/// <param name="Link">The page's address with the code, for a QR.</param>
/// <param name="Code">6 digits.</param>
/// <param name="Until">When the next code comes; this one holds 5 minutes longer.</param>
internal sealed record JoinDocument([property: DataType(FieldForms.Address)] string Link, string Code, DateTimeOffset Until);
