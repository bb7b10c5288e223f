using QRCoder;

namespace Reception.Slips;

/// <summary>A QR code as its dark and light modules, without a quiet zone.</summary>
public sealed class QrSymbol
{
    // ISO/IEC 18004: the four modules around a symbol are the reader's, not the symbol's; QRCoder includes them.
    private const int QuietZone = 4;

    private readonly QRCodeData data;

    private QrSymbol(QRCodeData data) => this.data = data;

    /// <summary>Modules on a side.</summary>
    public int Size => data.ModuleMatrix.Count - (2 * QuietZone);

    /// <summary>Whether a module is dark.</summary>
    public bool this[int x, int y] => data.ModuleMatrix[y + QuietZone][x + QuietZone];

    /// <summary>
    /// A link that a code may hold: a whole address, which a phone can open; null for one without a host, as a hall without a public
    /// address gives.
    /// </summary>
    public static string? Scannable(string? link) =>
        link is { Length: <= 1000 } && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? link
            : null;

    /// <summary>Makes the symbol with error correction M (15 %): thermal paper fades and creases.</summary>
    public static QrSymbol Of(string text)
    {
        using var generator = new QRCodeGenerator();
        return new QrSymbol(generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M));
    }

    /// <summary>Draws the symbol.</summary>
    /// <param name="module">Dots of a module's side.</param>
    public Raster Draw(int module)
    {
        var dots = new Raster(Size * module, Size * module);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                if (this[x, y])
                {
                    dots.Fill(x * module, y * module, module, module);
                }
            }
        }

        return dots;
    }
}
