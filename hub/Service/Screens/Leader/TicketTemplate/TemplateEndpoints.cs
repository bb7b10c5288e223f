using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Reception.Hub.Options;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Site;
using Reception.Slips;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.TicketTemplate;

/// <summary>The page on which an administrator tries a slip's template. It shows; kiosks read the file from their own disks.</summary>
internal static class TemplateEndpoints
{
    private const string TemplateFile = "/ticket.json";

    public static void MapTicketTemplate(this RouteGroupBuilder leaders)
    {
        var pages = leaders.MapAdministrators("/ticket-template").WithMetadata(new RequestSizeLimitAttribute(TemplateDraft.LargestForm));
        pages.MapGet("", (HttpContext context, SetupBook book, HubOptions options, Words words) =>
            Show(context, book, words, View(TemplateDraft.Default(words), fault: null, book, options, words)));
        pages.MapPost("", TryAsync);
        pages.MapGet(TemplateFile, () => Results.File(SlipTemplate.DefaultFile, "application/json", "ticket.json"));
        pages.MapPost(TemplateFile, SaveAsync);
    }

    private static async Task<IResult> TryAsync(HttpContext context, SetupBook book, HubOptions options, Words words) =>
        Show(context, book, words, (await ReadAsync(context, book, options, words)).View);

    /// <summary>Hands the text back as a file, once it is right.</summary>
    private static async Task<IResult> SaveAsync(HttpContext context, SetupBook book, HubOptions options, Words words)
    {
        var (draft, view) = await ReadAsync(context, book, options, words);
        return view.Fault is null ? Results.File(draft.Json, "application/json", "ticket.json") : Show(context, book, words, view);
    }

    private static async Task<(TemplateDraft Draft, TemplateView View)> ReadAsync(
        HttpContext context, SetupBook book, HubOptions options, Words words)
    {
        var (draft, fault) = await TemplateDraft.ReadAsync(context.Request, words, context.RequestAborted);
        return (draft, View(draft, fault, book, options, words));
    }

    private static TemplateView View(TemplateDraft draft, string? fault, SetupBook book, HubOptions options, Words words) =>
        TemplateView.Of(draft, fault, book.Current.Catalog, options.PublicAddress, words);

    private static IResult Show(HttpContext context, SetupBook book, Words words, TemplateView view) => new RazorComponentResult<TemplatePage>(new
    {
        Names = new Names(book.Current, words),
        Reader = context.Reader(book.Current),
        View = view,
    })
    {
        StatusCode = view.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };
}
