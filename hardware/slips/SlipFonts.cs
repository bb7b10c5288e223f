using Reception.Slips.Files;

namespace Reception.Slips;

/// <summary>
/// The fonts that lie beside the program: Be Vietnam Pro for Vietnamese and English, Noto Sans Khmer for what it lacks. A file that is missing or
/// damaged is replaced by the other weight; a letter that no font has is drawn as a box.
/// </summary>
public sealed class SlipFonts
{
    private const string Regular = "BeVietnamPro-Regular.ttf";
    private const string Bold = "BeVietnamPro-Bold.ttf";

    private static readonly Lazy<SlipFonts> Once = new(() => new SlipFonts(Path.Combine(AppContext.BaseDirectory, "fonts")));

    private readonly List<string> _faults = [];
    private readonly FontFace[] _regular;
    private readonly FontFace[] _bold;

    /// <summary>Reads the fonts of a folder.</summary>
    /// <exception cref="CheckedFileException">It has no font for Vietnamese: one line that names the files.</exception>
    internal SlipFonts(string folder)
    {
        var (text, textBold) = (Read(folder, Regular), Read(folder, Bold));
        var (khmer, khmerBold) = (Read(folder, "NotoSansKhmer-Regular.ttf"), Read(folder, "NotoSansKhmer-Bold.ttf"));
        if ((text ?? textBold) is null)
        {
            throw new CheckedFileException($"{folder}: neither {Regular} nor {Bold} can be read ({string.Join(' ', _faults)}); install the program again.");
        }

        _regular = Faces(text ?? textBold, khmer ?? khmerBold);
        _bold = Faces(textBold ?? text, khmerBold ?? khmer);
    }

    /// <summary>The fonts beside this program. They are read once.</summary>
    /// <exception cref="CheckedFileException">There is no font for Vietnamese.</exception>
    public static SlipFonts Shipped => Once.Value;

    /// <summary>What is wrong with single files, a line each; slips are drawn without them.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The faces of a weight, the first to be asked first.</summary>
    internal IReadOnlyList<FontFace> Faces(bool isBold) => isBold ? _bold : _regular;

    private static FontFace[] Faces(params FontFace?[] faces) => [.. faces.OfType<FontFace>()];

    private FontFace? Read(string folder, string name)
    {
        try
        {
            return FontFace.Read(Path.Combine(folder, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _faults.Add($"{Path.Combine(folder, name)}: the font cannot be used: {exception.Message.TrimEnd('.')}; slips are drawn without it.");
            return null;
        }
    }
}
