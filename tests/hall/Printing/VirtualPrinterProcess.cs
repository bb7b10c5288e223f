using System.Globalization;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Printing;

/// <summary>The virtual printer's own program, told what to do by its standard input, and the slips that fell out of it.</summary>
internal sealed class VirtualPrinterProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-printer-").FullName;
    private readonly Spawned _printer;

    private VirtualPrinterProcess(string line, PrinterProfile profile, double speed)
    {
        Profile = profile;
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        var link = Path.Combine(_folder, "line");
        Address = line switch
        {
            "tcp" => "tcp://127.0.0.1:" + port,
            "serial" => $"serial:{link}?baud=115200",
            _ => "usb:" + link,
        };
        IEnumerable<string> end = line == "tcp" ? ["--tcp", port] : ["--pty", link];
        IEnumerable<string> tearBar = profile.Cut == Cut.None ? ["--tear-bar"] : [];
        _printer = Spawned.Converse(
            Spawned.PathOf("virtual-printer"),
            [
                .. end,
                "--slips", Path.Combine(_folder, "slips"), "--width", profile.Width.ToString(CultureInfo.InvariantCulture),
                "--speed", speed.ToString(CultureInfo.InvariantCulture), "--feed-unit", profile.FeedUnit.ToString(CultureInfo.InvariantCulture),
                .. tearBar,
            ]);
    }

    /// <summary>What a kiosk's configuration names it by.</summary>
    public string Address { get; }

    public PrinterProfile Profile { get; }

    /// <summary>The slips that were cut, oldest first.</summary>
    public IReadOnlyList<string> Slips => [.. Directory.GetFiles(Path.Combine(_folder, "slips"), "*.png").Order(StringComparer.Ordinal)];

    /// <summary>Starts the program; returns once its line is there.</summary>
    public static async Task<VirtualPrinterProcess> StartAsync(string line = "tcp", string profile = "epson-tm-t82", double speed = 0)
    {
        var printer = new VirtualPrinterProcess(line, PrinterProfile.Read(profile), speed);
        Assert.StartsWith("line ", await printer._printer.HeardAsync(), StringComparison.Ordinal);
        return printer;
    }

    public IPrinter Open() => Open(Profile);

    public IPrinter Open(PrinterProfile profile) => Printers.Open(Address, profile, TimeProvider.System);

    /// <summary>Has a command done, and gives the answer.</summary>
    public Task<string> TellAsync(string command) => _printer.AskAsync(command);

    /// <summary>Has commands done that say nothing.</summary>
    public async Task DoAsync(params string[] commands)
    {
        foreach (var command in commands)
        {
            Assert.Equal("ok", await TellAsync(command));
        }
    }

    public void Dispose()
    {
        _printer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
