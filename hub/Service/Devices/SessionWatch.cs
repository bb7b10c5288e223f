using Reception.Hub.Broker;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>Keeps on record when a device that reports ratings was connected by two clients at once.</summary>
internal sealed class SessionWatch(BrokerConnections connections, JournalWriter journal, SetupBook book) : BackgroundService
{
    /// <summary>Whether a second session of a device matters: its reports are evidence.</summary>
    public static bool Watches(Device device) => device.Kind is DeviceKinds.Rater or DeviceKinds.CounterAgent;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var second in connections.SecondSessions.ReadAllAsync(stoppingToken))
        {
            if (book.Current.Devices.TryGetValue(second.Device, out var device) && Watches(device))
            {
                await KeepAsync(new KeepSecondSession(device.Id, device.Counter, second.Address, second.OtherAddress));
            }
        }
    }

    private async Task KeepAsync(KeepSecondSession command)
    {
        try
        {
            await journal.ExecuteAsync(command);
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; while the two sessions last, the device's fault shows them.
        }
    }
}
