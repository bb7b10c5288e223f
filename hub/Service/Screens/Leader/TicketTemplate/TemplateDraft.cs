using System.Text;
using Reception.Slips;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.TicketTemplate;

/// <summary>A template that somebody is working on, as their browser sent it: the hub keeps none.</summary>
/// <param name="Json">Its text in UTF-8.</param>
/// <param name="Logo">The PNG that was sent with it, or null.</param>
/// <param name="Language">The language of the slips to be shown.</param>
internal sealed record TemplateDraft(byte[] Json, byte[]? Logo, string Language)
{
    /// <summary>What the form offers: the kiosk's two, and the one that a template can bring words of.</summary>
    public static readonly IReadOnlyList<string> Languages = ["vi", "en", "km"];

    // A template has a kilobyte, a logo of 352 dots across at most some hundred.
    private const int MostJson = 64 * 1024;
    private const int MostLogo = 1024 * 1024;

    /// <summary>The largest form, in bytes: a photograph is received whole, so that the page can say what is wrong with it.</summary>
    public const int LargestForm = 30_000_000;

    /// <summary>The template that kiosks take where none is named.</summary>
    public static TemplateDraft Default(Words words) => new(File.ReadAllBytes(SlipTemplate.DefaultFile), Logo: null, words.Language);

    public string Text => Encoding.UTF8.GetString(Json).TrimStart('\uFEFF').ReplaceLineEndings("\n");

    /// <summary>Reads the form: a file comes before the text, a new logo before the one that the page has kept.</summary>
    /// <returns>The draft, and a line that says what of the form was too large to be in it.</returns>
    public static async Task<(TemplateDraft Draft, string? Fault)> ReadAsync(HttpRequest request, Words words, CancellationToken cancellation)
    {
        if (!request.HasFormContentType)
        {
            return (Default(words), words["template.not-received"]);
        }

        try
        {
            var form = await request.ReadFormAsync(cancellation);
            var (text, file, logo, language) = (form["text"].ToString(), form.Files["file"], form.Files["logo"], form["language"].ToString());
            var draft = new TemplateDraft(
                await ContentAsync(file, MostJson, cancellation) ?? Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")),
                await ContentAsync(logo, MostLogo, cancellation) ?? Kept(form["kept"].ToString()),
                Languages.Contains(language) ? language : words.Language);
            return (draft, draft.Json.Length > MostJson || file?.Length > MostJson ? words["template.too-long", MostJson / 1024]
                : draft.Logo?.Length > MostLogo || logo?.Length > MostLogo ? words["template.logo-too-large", MostLogo / 1024 / 1024]
                : null);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            // More than a request may have at all, or not the whole of one.
            return (Default(words), words["template.not-received"]);
        }
    }

    private static async Task<byte[]?> ContentAsync(IFormFile? file, int most, CancellationToken cancellation)
    {
        if (file is null || file.Length == 0 || file.Length > most)
        {
            return null;
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        return content.ToArray();
    }

    // What the page itself wrote; anything else is no logo.
    private static byte[]? Kept(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
