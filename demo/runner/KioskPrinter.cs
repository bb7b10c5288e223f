using System.Text.Json;

namespace Reception.Runner;

/// <summary>The kiosk's printer.</summary>
/// <param name="Address">Where it is, as the kiosk's settings say it.</param>
/// <param name="Profile">Which printer it is; null for what the kiosk takes it for.</param>
/// <param name="VirtualPort">The virtual printer's port; null for a printer of paper.</param>
internal sealed record KioskPrinter(string Address, string? Profile, int? VirtualPort)
{
    private const string VirtualProfile = "epson-tm-t82";

    /// <summary>The printer that was asked for, or a virtual one.</summary>
    public static KioskPrinter Choose(RunnerOptions options)
    {
        if (options.Printer is { } own)
        {
            return new KioskPrinter(own, options.PrinterProfile, null);
        }

        var port = options.PrinterPort ?? Ports.FreePrinterPort(options);
        return new KioskPrinter($"tcp://127.0.0.1:{port}", options.PrinterProfile ?? VirtualProfile, port);
    }

    /// <summary>The options that make the virtual printer as wide as its profile says, with or without a cutter.</summary>
    public IEnumerable<string> VirtualPaper(RunnerOptions options)
    {
        var path = File.Exists(Profile) ? Profile : Path.Combine(options.Programs, "kiosk", "printers", Profile + ".json");
        var comments = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        try
        {
            using var profile = JsonDocument.Parse(File.ReadAllBytes(path), comments);
            var root = profile.RootElement;
            var feedUnit = root.TryGetProperty("feedUnit", out var unit) ? unit.GetInt32() : 0;
            return
            [
                "--width", root.GetProperty("width").GetRawText(),
                .. root.GetProperty("cut").GetString() == "none" ? new[] { "--tear-bar" } : [],
                .. feedUnit > 0 ? new[] { "--feed-unit", unit.GetRawText() } : [],
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // The kiosk reads it too, and says what is wrong with it.
            return [];
        }
    }
}
