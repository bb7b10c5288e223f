using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Security;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Theme;

namespace Reception.Hub.Screens.Account;

/// <summary>Everybody's own account: another PIN, and the end of all own sessions.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this RouteGroupBuilder app)
    {
        var pages = app.MapGroup("/account").OpenBeforePinChange();
        pages.MapGet("", (HttpContext context, SetupBook book, Words words) =>
            context.Person() is { } person ? Show(context, person, book, new Filled(words, [])) : SignIn());
        pages.MapPost("/pin", ChangePinAsync);
        pages.MapPost("/sign-out-everywhere", SignOutEverywhereAsync);
    }

    private static async Task<IResult> ChangePinAsync(HttpContext context, SetupBook book, OwnPin own, Words words)
    {
        if (context.Person() is not { } person)
        {
            return SignIn();
        }

        var form = new Filled(words, await context.Request.ReadFormAsync(context.RequestAborted));
        var next = Next(form["next"]);
        await own.ChangeAsync(context, person, form);
        return form.IsRight ? Results.Redirect(next.Length > 0 ? next : "/account?saved") : Show(context, person, book, form, next);
    }

    private static async Task<IResult> SignOutEverywhereAsync(
        HttpContext context, SetupBook book, Sessions sessions, JournalWriter journal, Words words)
    {
        if (context.Person() is not { } person)
        {
            return SignIn();
        }

        var form = new Filled(words, []);
        try
        {
            var signOut = new SignOutEverywhere(person.Code, sessions) { From = context.Address() };
            if ((await journal.ExecuteAsync(signOut)).Refusal is { } refusal)
            {
                form.Wrong("", refusal.In(words.Language));
                return Show(context, person, book, form);
            }
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            form.Wrong("", Refusals.NotReady.In(words.Language));
            return Show(context, person, book, form);
        }

        SessionCookie.Delete(context);
        return Results.Redirect("/signin");
    }

    private static IResult Show(HttpContext context, Person person, SetupBook book, Filled form, string? next = null) =>
        new RazorComponentResult<AccountPage>(new
        {
            View = new AccountView(
                book.Current.Catalog.Site.ShortName,
                book.Current.OfficerName(person.Code),
                person.Leads,
                person.MustChangePin,
                context.Request.Query.ContainsKey("saved"),
                next ?? Next(context.Request.Query["next"].ToString())),
            Form = form,
        });

    private static IResult SignIn() => Results.Redirect("/signin?next=/account");

    /// <summary>An address of this hub alone: a link could lead a person elsewhere.</summary>
    private static string Next(string asked) =>
        asked.Length > 1 && asked[0] == '/' && asked[1] is not ('/' or '\\') && !asked.Any(char.IsControl) ? asked : "";
}
