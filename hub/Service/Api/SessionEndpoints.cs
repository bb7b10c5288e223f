using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Staff;

namespace Reception.Hub.Api;

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this RouteGroupBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        session.MapPost("", SignInAsync)
            .Describe("signIn", "Signs a person in: officers at a counter, leaders and administrators without one.", """
                A duty of someone else at that counter ends, and an officer leaves any other counter: 409 `counter-taken` where a ticket is
                in hand there. After five wrong PINs of one account from one address within 5 minutes the pair gets 429 `too-many`, the
                right PIN included.
                """)
            .Takes(new SessionBody("cb01", "2580", 3)).GivesNothing($"Signed in: the cookie `{Sessions.CookieName}` is set.")
            .WithMetadata(new EndpointDescription(
                KnownBy.Nothing, ["malformed", "wrong-pin", "unknown-counter", "counter-taken", "too-large", "too-many", "not-ready"]));
        session.MapDelete("", SignOutAsync)
            .Describe("signOut", "Signs the person out; an officer leaves the counter.", "409 `not-allowed-now` with a ticket in hand.")
            .GivesNothing("Signed out.")
            .WithMetadata(new EndpointDescription(KnownBy.Session, ["not-signed-in", "not-allowed-now", "not-ready"]));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, SetupBook book, PinAttempts attempts, Sessions sessions, JournalWriter journal, TimeProvider clock)
    {
        if (await ApiRequest.ReadBodyAsync(context) is not { } body)
        {
            return Refused(Refusals.TooLarge);
        }

        if (ApiRequest.Parse(body) is not { } fields)
        {
            return Refused(Refusals.NoJson);
        }

        var asked = SessionRequest.Of(fields);
        if (asked.Wrong is { } wrong)
        {
            return Refused(Refusals.WrongField(wrong));
        }

        var address = context.Address();
        if (!attempts.TryBegin(asked.Officer, address))
        {
            return Refused(Refusals.TooManyPins);
        }

        var setup = book.Current;
        if (!Pins.Verify(asked.Officer, setup.Pins.GetValueOrDefault(asked.Officer), asked.Pin) || setup.Officer(asked.Officer) is not { } officer)
        {
            return Refused(Refusals.WrongPin);
        }

        attempts.Succeeded(asked.Officer, address);
        if ((officer.Role == Roles.Officer) != (asked.Counter is not null))
        {
            return Refused(Refusals.WrongField("counter"));
        }

        var token = Secrets.New();
        var signIn = new SignIn(officer.Code, asked.Counter, Sessions.Hash(token), Guid.CreateVersion7(clock.GetUtcNow()), sessions);
        try
        {
            if ((await journal.ExecuteAsync(signIn)).Refusal is { } refusal)
            {
                return Refused(refusal);
            }
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            return Refused(Refusals.NotReady);
        }

        context.Response.Cookies.Append(Sessions.CookieName, token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
        });
        return Results.NoContent();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions, JournalWriter journal)
    {
        if (context.Person() is not { } person)
        {
            return Refused(Refusals.NotSignedIn);
        }

        try
        {
            var token = Sessions.Hash(context.Request.Cookies[Sessions.CookieName]!);
            if ((await journal.ExecuteAsync(new SignOut(person.Code, person.Counter, token, sessions))).Refusal is { } refusal)
            {
                return Refused(refusal);
            }
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            return Refused(Refusals.NotReady);
        }

        context.Response.Cookies.Delete(Sessions.CookieName);
        return Results.NoContent();
    }

    private static EncodedResponse Refused(Refusal refusal) => Problems.Response(refusal);
}
