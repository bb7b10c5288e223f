using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Reception.Hall.Tests.Parts;

/// <summary>A page as Chromium prints it.</summary>
/// <param name="Pages">The text of each sheet, laid out as it stands there.</param>
/// <param name="Width">In points: 842 is the long side of A4.</param>
internal sealed partial record Pdf(IReadOnlyList<string> Pages, double Width, double Height)
{
    public bool IsLandscapeA4 => Math.Abs(Width - 842) < 2 && Math.Abs(Height - 595) < 2;

    public bool IsPortraitA4 => Math.Abs(Width - 595) < 2 && Math.Abs(Height - 842) < 2;

    public static async Task<Pdf> PrintAsync(IPage page)
    {
        var file = Path.Combine(Path.GetTempPath(), $"print-{Guid.CreateVersion7()}.pdf");
        try
        {
            await page.PdfAsync(new PagePdfOptions { Path = file, PreferCSSPageSize = true, Format = "A4" });
            var text = await Spawned.DoneAsync("pdftotext", "-layout", file, "-");
            var size = Size().Match(await Spawned.DoneAsync("pdfinfo", file));
            Assert.True(size.Success);
            double Points(int group) => double.Parse(size.Groups[group].Value, CultureInfo.InvariantCulture);
            return new Pdf(text.TrimEnd('\f').Split('\f'), Points(1), Points(2));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"Page size:\s+([\d.]+) x ([\d.]+)")]
    private static partial Regex Size();
}
