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
        var session = api.MapGroup("/session").WithTags("Session").OpenBeforePinChange();
        session.MapPost("", SignInAsync)
            .Describe("signIn", "Signs a person in: officers at a counter, leaders and administrators without one.", """
                A duty of someone else at that counter ends, and an officer leaves any other counter: 409 `counter-taken` where a ticket is
                in hand there. After five wrong PINs of one account from one address within 5 minutes the pair gets 429 `too-many`, the
                right PIN included.
                """)
            .Takes(new SessionBody("cb01", "2580", 3)).GivesNothing($"Signed in: the cookie `{SessionCookie.Plain}` is set, over TLS `{SessionCookie.Secure}`.")
            .WithMetadata(new EndpointDescription(
                KnownBy.Nothing, ["malformed", "wrong-pin", "unknown-counter", "counter-taken", "too-large", "too-many", "not-ready"]));
        session.MapDelete("", SignOutAsync)
            .Describe("signOut", "Signs the person out; an officer leaves the counter.", "409 `not-allowed-now` with a ticket in hand.")
            .GivesNothing("Signed out.")
            .WithMetadata(new EndpointDescription(KnownBy.Session, ["not-signed-in", "not-allowed-now", "not-ready"]));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, SetupBook book, TryPin pin, KnownBrowsers browsers, Sessions sessions, JournalWriter journal, TimeProvider clock)
    {
        var body = await ApiRequest.ReadFieldsAsync(context);
        if (body.Refusal is { } unreadable)
        {
            return Refused(unreadable);
        }

        var asked = SessionRequest.Of(body.Value);
        if (asked.Wrong is { } wrong)
        {
            return Refused(Refusals.WrongField(wrong));
        }

        var setup = book.Current;
        if (await pin.RunAsync(context, setup, asked.Officer, asked.Pin) is { } failed)
        {
            return Refused(failed);
        }

        var (officer, hash) = (setup.Officer(asked.Officer)!, setup.Pins[asked.Officer]);
        if ((officer.Role == Roles.Officer) != (asked.Counter is not null))
        {
            return Refused(Refusals.WrongField("counter"));
        }

        var token = Secrets.New();
        var signIn = new SignIn(officer.Code, hash, asked.Counter, Sessions.Hash(token), Guid.CreateVersion7(clock.GetUtcNow()), sessions)
        {
            From = context.Address(),
        };
        try
        {
            if ((await journal.ExecuteAsync(signIn)).Refusal is { } refusal)
            {
                return new EncodedResponse(Problems.Encode(refusal));
            }
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            return Refused(Refusals.NotReady);
        }

        SessionCookie.Write(context, token);
        browsers.Mark(context, officer.Code, hash);
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
            var token = Sessions.Hash(SessionCookie.Read(context)!);
            var signOut = new SignOut(person.Code, person.Counter, token, sessions) { From = context.Address() };
            if ((await journal.ExecuteAsync(signOut)).Refusal is { } refusal)
            {
                return new EncodedResponse(Problems.Encode(refusal));
            }
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            return Refused(Refusals.NotReady);
        }

        SessionCookie.Delete(context);
        return Results.NoContent();
    }

    private static EncodedResponse Refused(Refusal refusal) => Problems.Response(refusal);
}
