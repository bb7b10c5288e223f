using Microsoft.Extensions.Hosting;
using Reception.Device.Catalog;
using Reception.Device.Session;

namespace Reception.Device.Startup;

/// <summary>Runs a device's session and catalogue as long as its program runs; a session that cannot go on ends the program.</summary>
public sealed class DeviceService(DeviceSession session, CatalogCache catalog) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        catalog.Follow(session);
        catalog.Start();
        session.Start();
        await session.Completion.WaitAsync(stoppingToken);
    }
}
