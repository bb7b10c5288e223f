using Reception.Hub.Metrics;
using Reception.Hub.Metrics.Export;
using Reception.Protocol;

namespace Reception.Hub.Screens.Leader.Metrics;

/// <summary>Puts the figures into the order of the page.</summary>
internal sealed class ReadMetrics
{
    private const double Most = 0.95;

    private readonly ILookup<string, Figure> _figures;

    private ReadMetrics(IReadOnlyList<Figure> figures) => _figures = figures.ToLookup(figure => figure.Metric);

    public static MetricsView Of(IReadOnlyList<Figure> figures, DateTimeOffset at)
    {
        var read = new ReadMetrics(figures);
        return new MetricsView(
            at, read.Times(), read.Sum(HubMetrics.QueueLength), read.Sum(HubMetrics.ScreensConnected), read.Province(), read.Commands(),
            read.Refusals(), read.Devices(), read.Prints(), read.Queues());
    }

    private WritingTimes Times() => new(
        Within(HubMetrics.BatchDuration, 0.5), Within(HubMetrics.BatchDuration, Most), Within(HubMetrics.CommitDuration, Most));

    private ProvinceCounts? Province() => _figures.Contains(HubMetrics.ProvinceBacklog.Name)
        ? new ProvinceCounts(Sum(HubMetrics.ProvinceBacklog), Sum(HubMetrics.ProvinceParked))
        : null;

    private List<CommandCounts> Commands() =>
    [
        .. By(HubMetrics.Commands, MetricLabels.Command).Select(command => new CommandCounts(
            command.Key,
            Sum(command, MetricLabels.CommandOutcome, CommandOutcomes.Done),
            Sum(command, MetricLabels.CommandOutcome, CommandOutcomes.Refused),
            Sum(command, MetricLabels.CommandOutcome, CommandOutcomes.Repeated),
            Sum(command, MetricLabels.CommandOutcome, CommandOutcomes.Failed))).OrderByDescending(command => command.All),
    ];

    private List<RefusalCount> Refusals() =>
    [
        .. By(HubMetrics.Refusals, MetricLabels.RefusalCode).Select(code => new RefusalCount(code.Key, Sum(code)))
            .OrderByDescending(code => code.Count),
    ];

    private List<DeviceCounts> Devices() =>
    [
        .. DeviceKinds.All.Select(kind => new DeviceCounts(
            kind,
            Sum(_figures[HubMetrics.DevicesConnected.Name], MetricLabels.DeviceKind, kind),
            Sum(_figures[HubMetrics.DevicesRegistered.Name], MetricLabels.DeviceKind, kind),
            Sum(_figures[HubMetrics.OutboxLength.Name], MetricLabels.DeviceKind, kind))).Where(kind => kind.Registered > 0),
    ];

    private List<PrintCounts> Prints() =>
    [
        .. By(HubMetrics.Prints, MetricLabels.DeviceKind).Select(kind => new PrintCounts(
            kind.Key,
            Sum(kind, MetricLabels.PrintOutcome, "printed"),
            Sum(kind, MetricLabels.PrintOutcome, "failed"),
            Sum(kind, MetricLabels.PrintOutcome, "unknown"))).OrderByDescending(kind => kind.All),
    ];

    private List<QueueCount> Queues() =>
    [
        .. By(HubMetrics.TicketsWaiting, MetricLabels.Service).Select(service => new QueueCount(service.Key, Sum(service)))
            .OrderByDescending(service => service.Waiting),
    ];

    /// <summary>A metric's figures by a label, in the order of its values.</summary>
    private IEnumerable<IGrouping<string, Figure>> By(MetricDefinition metric, string label) =>
        _figures[metric.Name].GroupBy(figure => figure.Labels[label]).OrderBy(group => group.Key, StringComparer.Ordinal);

    private double? Within(MetricDefinition metric, double share) => _figures[metric.Name].SingleOrDefault()?.Spread?.Within(share);

    private long Sum(MetricDefinition metric) => Sum(_figures[metric.Name]);

    private static long Sum(IEnumerable<Figure> figures) => figures.Sum(figure => figure.Value);

    private static long Sum(IEnumerable<Figure> figures, string label, string value) =>
        Sum(figures.Where(figure => figure.Labels[label] == value));
}
