namespace Reception.Hub.Metrics;

/// <summary>
/// Every metric of the hub. <c>hub/docs/metrics.md</c> and <c>hub/docs/grafana-dashboard.json</c> follow this list; tests compare them.
/// </summary>
internal static class HubMetrics
{
    public static readonly MetricDefinition Commands = new(
        "reception.hub.commands", MetricKind.Counter, "{command}", "Commands that the journal's writer has decided.",
        MetricLabels.Command, MetricLabels.CommandOutcome);

    public static readonly MetricDefinition Refusals = new(
        "reception.hub.refusals", MetricKind.Counter, "{refusal}",
        "Refusals by the hall's rules, the API and the reader of devices' messages.",
        MetricLabels.Command, MetricLabels.RefusalCode);

    public static readonly MetricDefinition BatchDuration = new(
        "reception.hub.journal.batch.duration", MetricKind.Histogram, "s",
        "Time of a batch of commands: decided, written, committed, published.");

    public static readonly MetricDefinition CommitDuration = new(
        "reception.hub.journal.commit.duration", MetricKind.Histogram, "s",
        "Time of the database's commit in a batch: what the disk needed.");

    public static readonly MetricDefinition QueueLength = new(
        "reception.hub.journal.queue.length", MetricKind.UpDownCounter, "{command}", "Commands that wait for the journal's writer.");

    public static readonly MetricDefinition DevicesConnected = new(
        "reception.hub.devices.connected", MetricKind.UpDownCounter, "{device}",
        "Devices that are connected to the broker.", MetricLabels.DeviceKind);

    public static readonly MetricDefinition DevicesRegistered = new(
        "reception.hub.devices.registered", MetricKind.UpDownCounter, "{device}",
        "Devices of the registry, connected or not.", MetricLabels.DeviceKind);

    public static readonly MetricDefinition OutboxLength = new(
        "reception.hub.outbox.length", MetricKind.UpDownCounter, "{message}", "Messages sent to devices that they have not acknowledged.",
        MetricLabels.DeviceKind);

    public static readonly MetricDefinition ProvinceBacklog = new(
        "reception.hub.province.backlog", MetricKind.UpDownCounter, "{row}", "Rows of the journal that the forwarder has not dealt with.");

    public static readonly MetricDefinition ProvinceParked = new(
        "reception.hub.province.parked", MetricKind.UpDownCounter, "{event}",
        "Events that the province refused and that wait for a person.");

    public static readonly MetricDefinition ScreensConnected = new(
        "reception.hub.screens.connected", MetricKind.UpDownCounter, "{screen}", "Open event streams of screens.");

    public static readonly MetricDefinition TicketsWaiting = new(
        "reception.hub.tickets.waiting", MetricKind.UpDownCounter, "{ticket}", "Tickets that wait.", MetricLabels.Service);

    public static readonly MetricDefinition Prints = new(
        "reception.hub.prints", MetricKind.Counter, "{print}", "Slips and copies whose outcome a device reported.",
        MetricLabels.PrintOutcome, MetricLabels.DeviceKind);

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Commands, Refusals, BatchDuration, CommitDuration, QueueLength, DevicesConnected, DevicesRegistered, OutboxLength, ProvinceBacklog,
        ProvinceParked, ScreensConnected, TicketsWaiting, Prints,
    ];
}
