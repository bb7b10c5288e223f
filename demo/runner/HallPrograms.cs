namespace Reception.Runner;

/// <summary>The programs of a hall, in the order in which they start.</summary>
internal sealed class HallPrograms(RunnerOptions options, KioskPrinter printer, TimeProvider timeProvider)
{
    private static readonly TimeSpan SimulatorBegins = TimeSpan.FromSeconds(3);

    /// <summary>Everything else connects to it.</summary>
    public ManagedProgram Broker => new("broker", ["mosquitto", "-c", options.DataPath("broker", "mosquitto.conf")], Readiness.Listens(options.MqttPort));

    /// <summary>The hub and the devices.</summary>
    public IEnumerable<ManagedProgram> Hall
    {
        get
        {
            if (options.Province is null)
            {
                yield return new("receiver", [Program("receiver"), "--port", $"{options.ProvincePort}", "--data", options.DataPath("receiver")], Readiness.Answers(options.ProvincePort, "/"));
            }

            yield return new("hub", [Program("hub"), "serve", "--config", options.DataPath("hub.json")], Readiness.Answers(options.HttpPort, "/readyz"));
            if (printer.VirtualPort is { } port)
            {
                yield return new("printer", [Program("virtual-printer"), .. PrinterOptions(port)], Readiness.Says("line tcp:"));
            }

            yield return new("kiosk", [Program("kiosk"), "--config", options.DataPath("kiosk-1.json")], Readiness.Answers(options.KioskPort, "/"));
            yield return new("rater", [Program("rating-device"), "--config", options.DataPath("rater-1.json")], Readiness.Answers(options.RaterPort, "/"));
            if (options.BenchRater)
            {
                yield return new("box", [Path.Combine(options.Root, "hardware", "rater-firmware", "build", "rater-bench"), .. BoxOptions], Readiness.Says("port "));
                yield return new("desk-2", [Program("counter-agent"), "--config", options.DataPath("desk-2.json")], Readiness.Says("Linked to the broker"));
            }
        }
    }

    /// <summary>The people, once the hall is open.</summary>
    public ManagedProgram Simulator => new(
        "simulator",
        [Program("simulator"), "--data", options.Data, "--hall", options.Hall, "--seed", $"{Random.Shared.Next(1, short.MaxValue)}"],
        Readiness.Lives(SimulatorBegins, timeProvider));

    private IEnumerable<string> BoxOptions =>
        ["--eeprom", options.DataPath("desk-2", "rater.eeprom"), "--link", options.DataPath("desk-2", "rater"), "--commands", options.DataPath("desk-2", "buttons")];

    private IEnumerable<string> PrinterOptions(int port) =>
        ["--tcp", $"{port}", "--slips", options.DataPath("printer", "slips"), "--commands", options.DataPath("printer", "commands"), .. printer.VirtualPaper(options)];

    private string Program(string name) => Path.Combine(options.Programs, name, name);
}
