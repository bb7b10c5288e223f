using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Reception.Hub.Api;
using Reception.Hub.Broker;
using Reception.Hub.Journal;
using Reception.Hub.Province;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Metrics.Export;

/// <summary>What is read of the running hall when the metrics are asked for.</summary>
internal sealed class HallGauges(
    HubMeter meter, JournalWriter journal, HallBoard board, SetupBook book, BrokerConnections connections, HallFeed feed,
    Forwarder forwarder) : IHostedService
{
    // The SDK goes on with the last value of what is no longer measured: a service that was removed gets its 0.
    private readonly ConcurrentDictionary<string, bool> _services = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.Observe(HubMetrics.QueueLength, () => [new(journal.Waiting)]);
        meter.Observe(HubMetrics.ScreensConnected, () => [new(feed.Subscribers)]);
        meter.Observe(HubMetrics.TicketsWaiting, WaitingTickets);
        meter.Observe(HubMetrics.DevicesConnected, () => ByKind(Connected().Select(one => one.Device!).Distinct(), id => id, _ => 1));
        meter.Observe(HubMetrics.DevicesRegistered, () => ByKind(book.Current.Devices.Keys, id => id, _ => 1));
        meter.Observe(HubMetrics.OutboxLength, () => ByKind(Connected(), one => one.Device!, one => one.Unacknowledged));
        meter.Observe(HubMetrics.ProvinceBacklog, () => Province(status => status.Backlog));
        meter.Observe(HubMetrics.ProvinceParked, () => Province(status => status.Parked));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IReadOnlyList<BrokerConnection> Connected() => connections.Where(_ => true);

    private IEnumerable<Measurement<long>> WaitingTickets()
    {
        var services = board.Current.State.Services;
        foreach (var code in services.Keys)
        {
            _services.TryAdd(code, true);
        }

        return [.. _services.Keys.Select(code => Labelled(services.GetValueOrDefault(code)?.WaitingCount ?? 0, MetricLabels.Service, code))];
    }

    /// <summary>A sum for each kind of device, also where it is 0.</summary>
    private IEnumerable<Measurement<long>> ByKind<T>(IEnumerable<T> items, Func<T, string> device, Func<T, long> count)
    {
        var devices = book.Current.Devices;
        var sums = items.GroupBy(item => devices.GetValueOrDefault(device(item))?.Kind).Where(kind => kind.Key is not null)
            .ToDictionary(kind => kind.Key!, kind => kind.Sum(count));
        return [.. DeviceKinds.All.Select(kind => Labelled(sums.GetValueOrDefault(kind), MetricLabels.DeviceKind, kind))];
    }

    /// <summary>Nothing where no province is set: all of the journal would be its backlog.</summary>
    private IEnumerable<Measurement<long>> Province(Func<ProvinceStatus, long> count)
    {
        var status = forwarder.Status();
        return status.On ? [new(count(status))] : [];
    }

    private static Measurement<long> Labelled(long value, string label, string of) =>
        new(value, new KeyValuePair<string, object?>(label, of));
}
