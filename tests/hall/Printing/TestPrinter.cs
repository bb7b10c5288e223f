using System.Globalization;
using System.Net;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;
using Reception.VirtualPrinter;

namespace Reception.Hall.Tests.Printing;

/// <summary>The virtual printer in this process, told what to do by its own commands, and the slips that fell out of it.</summary>
internal sealed class TestPrinter : IDisposable
{
    private const int Buffer = 4096;
    private const int KeptSlips = 1000;

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-printer-").FullName;
    private readonly PatientClock _patient = new();
    private readonly TimeProvider _clock;
    private readonly Printer _printer;
    private readonly ILine _line;
    private readonly Commands _commands;

    /// <param name="line"><c>tcp</c>, <c>serial</c> or <c>usb</c>.</param>
    /// <param name="profile">What printer it is, by its profile's name.</param>
    /// <param name="speed">Millimetres of paper a second; 0 for at once.</param>
    /// <param name="clock">The printer's clock, and that of who prints there; without it, the real one.</param>
    public TestPrinter(string line = "tcp", string profile = "epson-tm-t82", double speed = 0, TimeProvider? clock = null)
    {
        _clock = clock ?? _patient;
        Profile = PrinterProfile.Read(profile);
        var mechanics = new Mechanics(new Paper(Profile.Width, Directory.CreateDirectory(SlipsFolder), KeptSlips), speed, _clock);
        _printer = new Printer(mechanics, Buffer, tearBar: Profile.Cut == Cut.None, Profile.FeedUnit);
        var port = FreePort.Next();
        var link = Path.Combine(_folder, "line");
        _line = line == "tcp" ? new TcpLine(new IPEndPoint(IPAddress.Loopback, port), _printer) : new PtyLine(link, _printer);
        Address = line switch
        {
            "tcp" => string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{port}"),
            "serial" => $"serial:{link}?baud=115200",
            _ => "usb:" + link,
        };
        _commands = new Commands(mechanics, _printer, _line);
        _line.Plug();
    }

    /// <summary>What a kiosk's configuration names it by.</summary>
    public string Address { get; }

    public PrinterProfile Profile { get; }

    /// <summary>The slips that were cut, oldest first.</summary>
    public IReadOnlyList<string> Slips => [.. Directory.GetFiles(SlipsFolder, "*.png").Order(StringComparer.Ordinal)];

    private string SlipsFolder => Path.Combine(_folder, "slips");

    public IPrinter Open() => Open(Profile);

    public IPrinter Open(PrinterProfile profile) => Printers.Open(Address, profile, _clock);

    /// <summary>From now on a slow machine does not pass for a printer that is off.</summary>
    public void BePatient() => _patient.IsPatient = true;

    /// <summary>Has a command done, and gives the answer.</summary>
    public string Tell(string command) => _commands.Answer(command);

    /// <summary>Has commands done that say nothing.</summary>
    public void Do(params IEnumerable<string> commands)
    {
        foreach (var command in commands)
        {
            Assert.Equal("ok", Tell(command));
        }
    }

    public void Dispose()
    {
        _line.Dispose();
        _printer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
