using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hall;
using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Hub.Phones;
using Reception.Hub.Rendering;
using Reception.Hub.Screens.Leader;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Join;

/// <summary>The page where a phone in the hall takes a number: plain forms, so that it works in every phone.</summary>
internal static class JoinPageEndpoints
{
    public static void MapJoinPage(this RouteGroupBuilder pages)
    {
        pages.MapGet("/join", (HttpContext context, string? code, Scene scene, HubSecret secret) =>
            scene.Look(context, PhoneCookie.Mark(context, secret, null), new Form(code?.Trim() ?? "", null, null, null, Key()), null, StatusCodes.Status200OK));
        pages.MapPost("/join", TakeAsync).DisableAntiforgery();
    }

    /// <summary>The sheet for the door, for who leads the hall.</summary>
    public static void MapPoster(this RouteGroupBuilder pages) =>
        pages.MapGet("/join/poster", IResult (HttpContext context, SetupBook book, JoinByPhone join) => new RazorComponentResult<PosterPage>(new
        {
            Hall = book.Current.Catalog.Site.ShortName,
            Reader = context.Reader(book.Current),
            join.Door,
        }));

    public static IServiceCollection AddJoinPage(this IServiceCollection services) => services.AddScoped<Scene>();

    private static string Key() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static async Task<IResult> TakeAsync(
        HttpContext context, Scene scene, JoinByPhone join, HubSecret secret, JournalWriter journal, Words words)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Redirect("/join");
        }

        var fields = await context.Request.ReadFormAsync(context.RequestAborted);
        var form = new Form($"{fields["code"]}".Trim(), fields["service"], fields["then"], fields["lane"], fields["key"] is [{ Length: > 0 } key] ? key : Key());
        var phone = PhoneCookie.Mark(context, secret, form.Key);
        if (form.Service is not { Length: > 0 } service || Codes.Lane(form.Lane) is not { } lane)
        {
            return scene.Look(context, phone, form, words["join.choose"], StatusCodes.Status400BadRequest);
        }

        if (form.Then == service)
        {
            return scene.Look(context, phone, form, words["join.then-same"], StatusCodes.Status400BadRequest);
        }

        using var place = join.Reserve(context.Address());
        var asked = join.Read(form.Code, form.Then is { Length: > 0 } then ? [service, then] : [service], lane, phone, place);
        var holds = asked is { Refusal: null, Value.ProvedPresence: true };
        try
        {
            var result = asked.Refusal is { } early ? early : await journal.ExecuteAsync(asked.Value);
            return result.Refusal is { } refusal
                ? scene.Show(context, phone, form, holds, refusal.In(words.Language), Problems.StatusOf(refusal.Code))
                : TypedResults.Redirect($"/t/{result.Value.LinkCode}");
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the citizen may try again.
            return scene.Show(context, phone, form, holds, words["join.not-ready"], StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>What stands in the form.</summary>
    internal sealed record Form(string Code, string? Service, string? Then, string? Lane, string Key);

    /// <summary>What a request sees.</summary>
    internal sealed class Scene(
        HallBoard board, SetupBook book, Renderer renderer, JoinByPhone join, PhoneTickets phones, Words words, TimeProvider clock)
    {
        /// <summary>The page, after a look at the code that stands in the form: a wrong one counts as one that was typed.</summary>
        public IResult Look(HttpContext context, string phone, Form form, string? fault, int status)
        {
            var asks = join.IsOffered && form.Code.Length > 0;
            var refusal = asks ? join.CodeFault(form.Code, context.Address()) : null;
            return refusal?.Code == PhoneLimits.TooManyCodes.Code
                ? Show(context, phone, form, false, refusal.In(words.Language), StatusCodes.Status429TooManyRequests)
                : Show(context, phone, form, asks && refusal is null, fault, status);
        }

        /// <param name="holds">Whether the code in the form was asked, and is right.</param>
        public IResult Show(HttpContext context, string phone, Form form, bool holds, string? fault, int status)
        {
            context.Response.StatusCode = join.IsOffered ? status : StatusCodes.Status404NotFound;
            var (setup, hall) = (book.Current, board.Current);
            var names = new Names(setup, words);
            var view = !join.IsOffered ? null : new JoinView
            {
                Hall = names.Hall,
                Services = JoinView.Choices(renderer.Hall(hall, clock.GetUtcNow()), setup, words),
                Fair = words.Language == "en" ? setup.Catalog.Lanes!.English : setup.Catalog.Lanes!.Text,
                Mine = [.. phones.Live(hall.State, phone).Select(mine => (hall.State.Tickets[mine.Ticket], mine.Link))
                    .Select(mine => (mine.Item1.Number, names.Service(mine.Item1.Service), $"/t/{mine.Link}"))],
                Code = form.Code.Length <= 16 ? form.Code : "",
                CodeHolds = holds,
                Service = form.Service,
                Then = form.Then,
                Lane = form.Lane,
                Fault = fault,
                Key = form.Key,
            };
            return new RazorComponentResult<JoinPage>(new { View = view, names.Hall });
        }
    }
}
