using System.Text;
using QRCoder;

namespace Reception.VirtualPrinter;

/// <summary>
/// Takes bytes one by one as a printer's firmware does and carries the commands out in their order. Written from Epson's command
/// reference, apart from whatever makes the bytes. A byte that is no command it knows is a stray character.
/// </summary>
internal sealed class Interpreter(Func<CancellationToken, ValueTask<byte>> next, Mechanics mechanics, Action<byte[]> reply, bool tearBar, int feedUnit)
{
    private const int LineOfText = 34;
    private const int RowsAnInch = 203;

    private int left;
    private int moduleSize = 3;
    private int correction = 48;
    private byte[] symbol = [];

    /// <summary>Whether changes are to be told (<c>GS a</c>).</summary>
    public bool TellsChanges { get; private set; }

    /// <summary>Bytes that were no command.</summary>
    public int Strays { get; private set; }

    public async Task RunAsync(CancellationToken power)
    {
        while (true)
        {
            switch (await next(power))
            {
                case 0x00:
                    break;
                case 0x0A:
                    await FeedAsync(LineOfText, power);
                    break;
                case 0x10:
                    // DLE EOT n was answered when it came in.
                    _ = await next(power);
                    _ = await next(power);
                    break;
                case 0x1B:
                    await EscapeAsync(power);
                    break;
                case 0x1D:
                    await GroupAsync(power);
                    break;
                default:
                    Strays++;
                    break;
            }
        }
    }

    private async Task EscapeAsync(CancellationToken power)
    {
        switch ((char)await next(power))
        {
            case '@':
                (left, TellsChanges) = (0, false);
                break;
            case 'J':
                await FeedAsync((int)Math.Round(await next(power) * (double)RowsAnInch / feedUnit), power);
                break;
            case 'd':
                await FeedAsync(await next(power) * LineOfText, power);
                if (tearBar)
                {
                    await mechanics.CutAsync(power);
                }

                break;
            case 'B':
                mechanics.Beeps += await next(power);
                _ = await next(power);
                break;
            case 'p':
                mechanics.DrawerPulses++;
                await SkipAsync(3, power);
                break;
            case '(' when await next(power) == 'A':
                await SkipAsync(await WordAsync(power), power);
                mechanics.Beeps++;
                break;
            default:
                Strays += 2;
                break;
        }
    }

    private async Task GroupAsync(CancellationToken power)
    {
        switch ((char)await next(power))
        {
            case 'L':
                left = await WordAsync(power);
                break;
            case 'V':
                if (await next(power) is 65 or 66)
                {
                    _ = await next(power);
                }

                await mechanics.CutAsync(power);
                break;
            case 'a':
                TellsChanges = await next(power) != 0;
                if (TellsChanges)
                {
                    reply(StatusBytes.Automatic(mechanics));
                }

                break;
            case 'r':
                _ = await next(power);
                reply([StatusBytes.PaperSensor(mechanics)]);
                break;
            case 'v' when await next(power) == '0':
                await RasterAsync(power);
                break;
            case '(' when await next(power) == 'k':
                await SymbolAsync(power);
                break;
            default:
                Strays += 2;
                break;
        }
    }

    private async Task RasterAsync(CancellationToken power)
    {
        var mode = await next(power) % 48;
        var (bytes, height) = (await WordAsync(power), await WordAsync(power));
        var (wide, high) = (1 + (mode & 1), 1 + ((mode >> 1) & 1));
        for (var y = 0; y < height; y++)
        {
            var row = Blank();
            for (var x = 0; x < bytes * 8; x += 8)
            {
                var cell = await next(power);
                for (var bit = 0; bit < 8; bit++)
                {
                    for (var twin = 0; twin < wide; twin++)
                    {
                        Dot(row, ((x + bit) * wide) + twin, (cell & (128 >> bit)) != 0);
                    }
                }
            }

            for (var twin = 0; twin < high; twin++)
            {
                await mechanics.MoveAsync(row, power);
            }
        }
    }

    private async Task SymbolAsync(CancellationToken power)
    {
        var parameters = new byte[await WordAsync(power)];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = await next(power);
        }

        switch (parameters)
        {
            case [49, 65, ..]:
                break;
            case [49, 67, var size, ..]:
                moduleSize = size;
                break;
            case [49, 69, var level, ..]:
                correction = level;
                break;
            case [49, 80, 48, .. var text]:
                symbol = text;
                break;
            case [49, 81, ..]:
                await DrawSymbolAsync(power);
                break;
            default:
                Strays += parameters.Length;
                break;
        }
    }

    private async Task DrawSymbolAsync(CancellationToken power)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(Encoding.UTF8.GetString(symbol), (QRCodeGenerator.ECCLevel)(correction - 48));
        // The library's matrix has the four white modules around it that a printer leaves to its user.
        foreach (var line in code.ModuleMatrix.Skip(4).SkipLast(4))
        {
            var row = Blank();
            for (var x = 0; x < (line.Length - 8) * moduleSize; x++)
            {
                Dot(row, x, line[4 + (x / moduleSize)]);
            }

            for (var twin = 0; twin < moduleSize; twin++)
            {
                await mechanics.MoveAsync(row, power);
            }
        }
    }

    // What lies beyond the paper is not printed.
    private void Dot(bool[] row, int x, bool black)
    {
        if (black && left + x < row.Length)
        {
            row[left + x] = true;
        }
    }

    private async Task FeedAsync(int rows, CancellationToken power)
    {
        for (var i = 0; i < rows; i++)
        {
            await mechanics.MoveAsync(Blank(), power);
        }
    }

    private async Task<int> WordAsync(CancellationToken power) => await next(power) + (await next(power) << 8);

    private async Task SkipAsync(int bytes, CancellationToken power)
    {
        for (var i = 0; i < bytes; i++)
        {
            _ = await next(power);
        }
    }

    private bool[] Blank() => new bool[mechanics.Paper.Width];
}
