using Reception.Device.Catalog;
using Reception.Device.Session;

namespace Reception.Rater.Rating;

/// <summary>Passes on to the screen what the hub says.</summary>
internal sealed class FollowHub(DeviceSession session, CatalogCache catalog, RaterScreenState state) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        session.StateChanged += state.See;
        session.Commanded += state.CarryOut;
        catalog.Changed += _ => state.Rename();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
