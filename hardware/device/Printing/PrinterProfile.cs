using Reception.Slips.Files;

namespace Reception.Device.Printing;

/// <summary>How a printer cuts.</summary>
public enum Cut
{
    /// <summary>It has no cutter: the paper is torn at the bar.</summary>
    None,

    /// <summary>One point is left, so that the slip does not fall.</summary>
    Partial,

    /// <summary>The slip falls.</summary>
    Full,
}

/// <summary>What a printer says of itself.</summary>
public enum StatusSupport
{
    /// <summary>Nothing, or nothing that reaches us.</summary>
    None,

    /// <summary>It answers <c>DLE EOT</c> and <c>GS r</c>.</summary>
    Asked,

    /// <summary>It also tells by itself (<c>GS a</c>).</summary>
    Automatic,
}

/// <summary>Which command sounds a printer's beeper.</summary>
public enum Beeper
{
    /// <summary>It has none.</summary>
    None,

    /// <summary><c>ESC B</c>: Xprinter and its like.</summary>
    EscB,

    /// <summary><c>ESC ( A</c>: Epson and its like.</summary>
    EscA,
}

/// <summary>Which pin of the drawer socket opens a drawer.</summary>
public enum Drawer
{
    /// <summary>There is no drawer.</summary>
    None,

    /// <summary>Pin 2.</summary>
    Pin2,

    /// <summary>Pin 5.</summary>
    Pin5,
}

/// <summary>What is to be known of a printer to print on it: one JSON file in <c>printers/</c> beside the program, as <c>hardware/docs/printers.md</c> says.</summary>
public sealed record PrinterProfile
{
    /// <summary>The profile of a printer that nobody named: 80 mm, nothing asked of it.</summary>
    public const string Default = "generic-80";

    /// <summary>The printer's name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Printable dots across: 576 (80 mm paper) or 384 (58 mm paper) at 203 dots an inch.</summary>
    public required int Width { get; init; }

    /// <summary>The most rows of one raster command, 8 to 255; what a small line buffer holds.</summary>
    public required int BandHeight { get; init; }

    /// <summary>What <c>ESC J</c> counts in, as the part of an inch: 203, where that is one row, 360 or 406.</summary>
    public required int FeedUnit { get; init; }

    /// <summary>How it cuts.</summary>
    public required Cut Cut { get; init; }

    /// <summary>Lines fed before the cut, 0 to 20; with 0 the cut command itself feeds to the cutter (<c>GS V 66 0</c>).</summary>
    public required int FeedLines { get; init; }

    /// <summary>Whether the printer draws the QR code itself (<c>GS ( k</c>); else it is part of the raster.</summary>
    public required bool NativeCode { get; init; }

    /// <summary>What it says of itself.</summary>
    public required StatusSupport Status { get; init; }

    /// <summary>Its beeper.</summary>
    public required Beeper Beeper { get; init; }

    /// <summary>Its drawer socket.</summary>
    public required Drawer Drawer { get; init; }

    /// <summary>Paper out of it, in millimetres a second.</summary>
    public required int Speed { get; init; }

    /// <summary>What names a profile, in words for a configuration's error.</summary>
    public static string Allowed => $"{string.Join(", ", Names)}, or the path of a .json file that is there";

    /// <summary>The names of the profiles that lie beside the program.</summary>
    public static IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "printers");

    /// <summary>Reads a profile by the name of one that lies beside the program, or by the path of a file of one's own.</summary>
    /// <exception cref="CheckedFileException">There is none, or a value in it is not allowed.</exception>
    public static PrinterProfile Read(string nameOrFile)
    {
        if (!IsKnown(nameOrFile))
        {
            throw new CheckedFileException($"There is no printer profile {nameOrFile}; allowed: {Allowed}.");
        }

        return From(CheckedFile.Open(Names.Contains(nameOrFile) ? Path.Combine(Folder, nameOrFile + ".json") : nameOrFile));
    }

    /// <summary>Whether a profile has this name or lies at this path.</summary>
    public static bool IsKnown(string nameOrFile) =>
        Names.Contains(nameOrFile) || (nameOrFile.EndsWith(".json", StringComparison.Ordinal) && File.Exists(nameOrFile));

    private static PrinterProfile From(CheckedFile file)
    {
        file.AllowOnly(["title", "width", "bandHeight", "feedUnit", "cut", "feedLines", "qr", "status", "beeper", "drawer", "speed"]);
        return new PrinterProfile
        {
            Title = file.Text("title", "the printer's name", text => text.Length is > 0 and <= 100),
            Width = ReadOneOf(file, "width", 384, 576),
            BandHeight = file.Number("bandHeight", 8, 255),
            FeedUnit = ReadOneOf(file, "feedUnit", 203, 360, 406),
            Cut = file.OneOf("cut", ("none", Cut.None), ("partial", Cut.Partial), ("full", Cut.Full)),
            FeedLines = file.Number("feedLines", 0, 20),
            NativeCode = file.OneOf("qr", ("raster", false), ("native", true)),
            Status = file.OneOf("status", ("none", StatusSupport.None), ("asked", StatusSupport.Asked), ("automatic", StatusSupport.Automatic)),
            Beeper = file.OneOf("beeper", ("none", Beeper.None), ("esc-b", Beeper.EscB), ("esc-a", Beeper.EscA)),
            Drawer = file.OneOf("drawer", ("none", Drawer.None), ("pin-2", Drawer.Pin2), ("pin-5", Drawer.Pin5)),
            Speed = file.Number("speed", 10, 1000),
        };
    }

    private static int ReadOneOf(CheckedFile file, string key, params int[] allowed)
    {
        var number = file.Number(key, 0, 9999);
        return allowed.Contains(number) ? number : throw file.Fault(key, $"{string.Join(", ", allowed[..^1])} or {allowed[^1]}");
    }
}
