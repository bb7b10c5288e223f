using System.Globalization;
using Reception.Hall.Tests.Parts;

namespace Reception.Platform.Tests;

/// <summary>A Windows PC: Wine, with a drive and a registry of its own. Its serial ports are pseudo-terminals.</summary>
internal sealed class WindowsPc() : Machine("win-x64")
{
    private const string Wine = "/usr/lib/wine/wine64";

    // Beyond those that Wine makes of this machine's own.
    private int _ports = 40;

    private string Prefix => Path.Combine(Folder, "wine");

    private string ModemLines => Path.Combine(Folder, "modem_lines.so");

    // Wine lacks what Windows keeps private keys with.
    public override bool HasTls => false;

    // The root of this machine is drive Z.
    public override string PathOf(string path) => "Z:" + path.Replace('/', '\\');

    public override string AddPort(string link)
    {
        var number = ++_ports;
        File.CreateSymbolicLink(Path.Combine(Prefix, "dosdevices", string.Create(CultureInfo.InvariantCulture, $"com{number}")), link);
        return string.Create(CultureInfo.InvariantCulture, $"COM{number}");
    }

    // A printer that is installed in Windows; its port is a file.
    public override async Task<string> AddPrinterAsync(string folder)
    {
        const string Printers = @"HKLM\System\CurrentControlSet\Control\Print\Printers\Máy in phiếu";
        const string Ports = @"HKLM\Software\Microsoft\Windows NT\CurrentVersion\Ports";
        var port = Path.Combine(folder, "port.bin");
        await Spawned.DoneAsync("env", [.. Variables, Wine, "reg", "add", Ports, "/v", port, "/d", ""]);
        foreach (var (name, value) in new[] { ("Name", "Máy in phiếu"), ("Printer Driver", "Generic / Text Only"), ("Print Processor", "winprint"), ("Datatype", "RAW"), ("Port", port) })
        {
            await Spawned.DoneAsync("env", [.. Variables, Wine, "reg", "add", Printers, "/v", name, "/d", value]);
        }

        return "windows:Máy in phiếu";
    }

    public override async Task StartAsync()
    {
        await Spawned.DoneAsync("gcc", "-shared", "-fPIC", "-O2", "-o", ModemLines, Path.Combine(Sources.Root, "tests", "platforms", "modem_lines.c"), "-ldl");
        // Windows' own services start here, and would hold the output of whoever waits for its end.
        await Spawned.DoneAsync("env", [.. Variables, "sh", "-c", $"exec {Wine} wineboot -i >/dev/null 2>&1 </dev/null"]);
    }

    public override async ValueTask DisposeAsync()
    {
        await Spawned.DoneAsync("env", [.. Variables, "/usr/lib/wine/wineserver", "-k"]);
        await base.DisposeAsync();
    }

    protected override IEnumerable<string> Command(string program, string[] arguments) => [.. Variables, $"LD_PRELOAD={ModemLines}", Wine, program + ".exe", .. arguments];

    // Wine lets no page be writable here and executable there, as .NET's collector has it otherwise.
    private IEnumerable<string> Variables => [$"WINEPREFIX={Prefix}", "WINEDEBUG=-all", "DOTNET_EnableWriteXorExecute=0"];
}
