using Reception.Protocol;
using Reception.Slips.Files;
using Reception.Slips;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.TicketTemplate;

/// <summary>A draft as its page shows it.</summary>
/// <param name="Text">The template's text.</param>
/// <param name="Language">The language of the slips.</param>
/// <param name="KeptLogo">The logo, for the next time that the form is sent; null where there is none, or it is no PNG.</param>
/// <param name="Fault">What is wrong, on one line; the slips are then not drawn.</param>
/// <param name="LogoNote">The name of a note on a logo that is named and not sent, or sent and not named.</param>
/// <param name="Slips">The pictures.</param>
public sealed record TemplateView(string Text, string Language, string? KeptLogo, string? Fault, string? LogoNote, IReadOnlyList<SlipPicture> Slips)
{
    private const string Name = "ticket.json";

    private static readonly IReadOnlyList<int> Widths = [576, 384];

    /// <summary>Draws a draft, unless something is wrong with it or was with its form.</summary>
    internal static TemplateView Of(TemplateDraft draft, string? fault, CatalogDocument catalog, string? publicAddress, Words words)
    {
        var logo = draft.Logo is { } png && PngPicture.SizeOf(png) is not null ? Convert.ToBase64String(png) : null;
        var view = new TemplateView(draft.Text, draft.Language, logo, fault, LogoNote: null, []);
        if (fault is not null)
        {
            return view;
        }

        try
        {
            var template = SlipTemplate.Parse(draft.Json, Name, draft.Logo, words.Language);
            return view with
            {
                LogoNote = (template.NamesLogo, draft.Logo) switch { (true, null) => "wanted", (false, not null) => "unnamed", _ => null },
                Slips = [.. Samples(draft.Language, catalog, publicAddress)
                    .SelectMany(slip => Widths.Select(width => SlipPicture.Of(slip, template, width)))],
            };
        }
        catch (CheckedFileException wrong)
        {
            return view with { Fault = wrong.Message };
        }
    }

    private static IEnumerable<Slip> Samples(string language, CatalogDocument catalog, string? publicAddress)
    {
        var marked = TicketPreview.Sample with { Hall = catalog.Site.Name, Language = language, Copy = true };
        marked = marked with { Link = publicAddress is null ? null : marked.Link };
        if (catalog.Services is [var service, ..])
        {
            marked = marked with { Number = service.Prefix + "012", Service = service.Name, ServiceEnglish = service.English };
        }

        return [marked with { Copy = false, Priority = false, ForwardNextDayAfter = null }, marked];
    }
}

/// <summary>A slip as a picture.</summary>
/// <param name="Width">Dots across the paper.</param>
/// <param name="Marked">Whether it bears every mark that a slip can bear.</param>
/// <param name="Address">The picture itself, as a <c>data:</c> address: nothing is kept that another request could fetch.</param>
public sealed record SlipPicture(int Width, bool Marked, string Address)
{
    internal static SlipPicture Of(Slip slip, SlipTemplate template, int width) =>
        new(width, slip.Copy, "data:image/png;base64," + Convert.ToBase64String(TicketPreview.Draw(slip, template, width)));
}
