using Reception.Hub.Broker;
using Reception.Hub.Security;

namespace Reception.Hub.Devices;

/// <summary>Writes to the security log which devices flood.</summary>
internal sealed class NoteFloods(BrokerConnections connections, SecurityNotes notes) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var flood in connections.Floods.ReadAllAsync(stoppingToken))
        {
            notes.Add(SecurityKind.DeviceFlooding, null, new SecurityDetail { Device = flood.Device, From = flood.Address });
        }
    }
}
