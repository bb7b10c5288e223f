using Reception.Device.Paper;
using Reception.Device.Serial;
using Reception.Device.Settings;
using Reception.Settings;

namespace Reception.CounterAgent;

/// <summary>What the counter agent's settings file says.</summary>
/// <param name="Printer">The desk's receipt printer, or null.</param>
/// <param name="Hub">Where the names on its slips come from; null without a printer.</param>
internal sealed record AgentSettings(
    string Device, int Counter, string Data, BrokerAddress Broker, IReadOnlyList<LineSettings> Serial, PrinterSettings? Printer, Uri? Hub)
{
    private const int MostLines = 16;

    /// <exception cref="SettingsException">A value is missing or not allowed.</exception>
    public static AgentSettings Read(string path)
    {
        var file = SettingsFile.Open(path);
        var hasPrinter = file.Has("printer");
        return new AgentSettings(
            file.Device(),
            file.Number("counter", 1, 999),
            file.Folder(),
            BrokerAddress.Read(file),
            Lines(file),
            hasPrinter ? PrinterSettings.Read(file) : null,
            hasPrinter ? file.Address("hub") : null);
    }

    private static List<LineSettings> Lines(SettingsFile file)
    {
        var lines = new List<LineSettings>();
        foreach (var item in file.List("serial", MostLines))
        {
            var line = LineSettings.Read(item);
            if (lines.Any(other => other.Path == line.Path))
            {
                throw item.Fault("path", "a port that no other line of this desk has");
            }

            lines.Add(line);
        }

        return lines;
    }
}

/// <summary>A device on a serial line of the desk.</summary>
internal sealed record LineSettings(string Role, string Path, int Baud)
{
    public const string Rater = "rater";
    public const string Keypad = "keypad";
    public const string Sign = "sign";
    private const int UsualBaud = 115200;

    public static LineSettings Read(SettingsFile item) => new(
        item.Text("role", $"{Rater}, {Keypad} or {Sign}", role => role is Rater or Keypad or Sign),
        item.Text("path", PortPath.Allowed, PortPath.IsValid),
        item.Has("baud") ? Speed(item) : UsualBaud);

    private static int Speed(SettingsFile item)
    {
        var baud = item.Number("baud", SystemPorts.Speeds[0], SystemPorts.Speeds[^1]);
        return SystemPorts.Speeds.Contains(baud) ? baud : throw item.Fault("baud", string.Join(", ", SystemPorts.Speeds));
    }
}
