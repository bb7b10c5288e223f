namespace Reception.Runner;

/// <summary>The programs of a hall, in the order in which they start.</summary>
internal sealed class HallPrograms(RunnerOptions options, KioskPrinter printer, TimeProvider timeProvider)
{
    private static readonly TimeSpan SimulatorBegins = TimeSpan.FromSeconds(3);

    /// <summary>The hub and the devices.</summary>
    public IEnumerable<ManagedProgram> Hall
    {
        get
        {
            if (options.Province is null)
            {
                yield return Receiver;
            }

            yield return Hub;
            if (printer.VirtualPort is { } port)
            {
                yield return Printer(port);
            }

            yield return Kiosk;
            yield return Rater;
            if (options.BenchRater)
            {
                yield return Box;
                yield return CounterAgent;
            }
        }
    }

    /// <summary>The people, once the hall is open.</summary>
    public ManagedProgram Simulator => new(
        "simulator",
        [Program("simulator"), "--data", options.Data, "--hall", options.Hall, "--seed", $"{Random.Shared.Next(1, short.MaxValue)}"],
        Readiness.Lives(SimulatorBegins, timeProvider));

    private ManagedProgram Receiver => new(
        "receiver",
        [Program("receiver"), "--port", $"{options.ProvincePort}", "--data", options.DataPath("receiver")],
        Readiness.Answers(options.ProvincePort, "/"));

    private ManagedProgram Hub => new(
        "hub", [Program("hub"), "serve", "--config", Settings("hub")], Readiness.Answers(options.HttpPort, "/readyz"));

    private ManagedProgram Kiosk => new(
        "kiosk", [Program("kiosk"), "--config", Settings("kiosk-1")], Readiness.Answers(options.KioskPort, "/"));

    private ManagedProgram Rater => new(
        "rater", [Program("rating-device"), "--config", Settings("rater-1")], Readiness.Answers(options.RaterPort, "/"));

    private ManagedProgram CounterAgent => new(
        "desk-2", [Program("counter-agent"), "--config", Settings("desk-2")], Readiness.Says("Linked to the broker"));

    private ManagedProgram Box => new(
        "box",
        [
            Path.Combine(options.Root, "hardware", "rater-firmware", "build", "rater-bench"),
            "--eeprom", options.DataPath("desk-2", "rater.eeprom"),
            "--link", options.DataPath("desk-2", "rater"),
            "--commands", options.DataPath("desk-2", "buttons"),
        ],
        Readiness.Says("port "));

    private ManagedProgram Printer(int port) => new(
        "printer",
        [
            Program("virtual-printer"),
            "--tcp", $"{port}",
            "--slips", options.DataPath("printer", "slips"),
            "--commands", options.DataPath("printer", "commands"),
            .. printer.VirtualPaper(options),
        ],
        Readiness.Says("line tcp:"));

    private string Program(string name) => Path.Combine(options.Programs, name, name);

    private string Settings(string name) => options.DataPath($"{name}.json");
}
