using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Printing;

/// <summary>The virtual printer's own program, told what to do by its standard input, and the slips that fell out of it.</summary>
internal sealed class VirtualPrinterProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string folder = Directory.CreateTempSubdirectory("reception-printer-").FullName;
    private readonly Channel<string> answers = Channel.CreateUnbounded<string>();
    private readonly Process process;

    private VirtualPrinterProcess(string line, PrinterProfile profile, double speed)
    {
        Profile = profile;
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        var link = Path.Combine(folder, "line");
        Address = line switch
        {
            "tcp" => "tcp://127.0.0.1:" + port,
            "serial" => $"serial:{link}?baud=115200",
            _ => "usb:" + link,
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "virtual-printer.dll"),
            .. line == "tcp" ? new[] { "--tcp", port } : ["--pty", link],
            "--slips", Path.Combine(folder, "slips"), "--width", profile.Width.ToString(CultureInfo.InvariantCulture),
            "--speed", speed.ToString(CultureInfo.InvariantCulture), "--feed-unit", profile.FeedUnit.ToString(CultureInfo.InvariantCulture),
            .. profile.Cut == Cut.None ? new[] { "--tear-bar" } : [],
        ];
        process = new Process { StartInfo = new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.OutputDataReceived += (_, said) =>
        {
            if (said.Data is not null)
            {
                answers.Writer.TryWrite(said.Data);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What a kiosk's configuration names it by.</summary>
    public string Address { get; }

    public PrinterProfile Profile { get; }

    /// <summary>The slips that were cut, oldest first.</summary>
    public IReadOnlyList<string> Slips => [.. Directory.GetFiles(Path.Combine(folder, "slips"), "*.png").Order(StringComparer.Ordinal)];

    /// <summary>Starts the program; returns once its line is there.</summary>
    public static async Task<VirtualPrinterProcess> StartAsync(string line = "tcp", string profile = "epson-tm-t82", double speed = 0)
    {
        var printer = new VirtualPrinterProcess(line, PrinterProfile.Read(profile), speed);
        Assert.StartsWith("line ", await printer.HeardAsync(), StringComparison.Ordinal);
        return printer;
    }

    public IPrinter Open() => Open(Profile);

    public IPrinter Open(PrinterProfile profile) => Printers.Open(Address, profile, TimeProvider.System);

    /// <summary>Has a command done, and gives the answer.</summary>
    public async Task<string> TellAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        return await HeardAsync();
    }

    /// <summary>Has commands done that say nothing.</summary>
    public async Task DoAsync(params string[] commands)
    {
        foreach (var command in commands)
        {
            Assert.Equal("ok", await TellAsync(command));
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> HeardAsync() =>
        await answers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
}
