using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Theme;

namespace Reception.Hub.Screens.Ticket;

/// <summary>The citizen's page behind a ticket's link: whoever has the link may watch the ticket and cancel it.</summary>
internal static class TicketPageEndpoints
{
    public static void MapTicketPage(this RouteGroupBuilder pages)
    {
        pages.MapGet("/t/{code}", IResult (HttpContext context, string code, string? cancel, Scene scene) =>
        {
            var view = scene.View(code);
            context.Response.StatusCode = view is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            return new RazorComponentResult<TicketPage>(new { View = view, scene.Hall, AskCancel = cancel == "ask" });
        });
        pages.MapGet("/t/{code}/part", IResult (string code, Scene scene) => scene.View(code) is { } view
            ? new RazorComponentResult<TicketBody>(new { View = view, Fresh = true })
            : TypedResults.NotFound());
        // A plain form, so that it works in every phone; the page that follows shows what came of it.
        pages.MapPost("/t/{code}/cancel", async Task<IResult> (string code, TicketLinks links, JournalWriter journal) =>
        {
            if (links.Find(code) is { } ticket)
            {
                try
                {
                    await journal.ExecuteAsync(new Cancel(new CancelTicket(ticket, null, CancelTicket.ByPhone)));
                }
                catch (NotCommittedException)
                {
                    // The writer has logged it; the page that follows shows that the number still stands.
                }
            }

            return TypedResults.Redirect($"/t/{Uri.EscapeDataString(code)}");
        }).DisableAntiforgery();
    }

    public static IServiceCollection AddTicketPage(this IServiceCollection services) => services.AddScoped<Scene>();

    /// <summary>What a request sees.</summary>
    internal sealed class Scene(
        HallBoard board, SetupBook book, Renderer renderer, TicketLinks links, Words words, Phrasebook phrases, TimeProvider clock)
    {
        public string Hall => book.Current.Catalog.Site.ShortName;

        public TicketView? View(string code)
        {
            var (hall, now) = (board.Current.State, clock.GetUtcNow());
            var other = phrases.In(words.Language == "en" ? "vi" : "en");
            return links.Find(code) is { } id && hall.Tickets.TryGetValue(id, out var ticket)
                ? TicketView.Of(code, ticket, renderer.Ticket(hall, ticket, now), hall, book.Current, words, other, now)
                : null;
        }
    }
}
