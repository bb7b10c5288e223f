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

    /// <summary>Makes the symbol with error correction M (15 %): thermal paper fades and creases.</summary>
    public static QrSymbol Of(string text)
    {
        using var generator = new QRCodeGenerator();
        return new QrSymbol(generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M));
    }
}
