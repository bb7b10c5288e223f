using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet.AspNetCore;
using Reception.Hub.Broker;
using Reception.Hub.Devices;
using Reception.Hub.Site;
using Reception.Protocol;
using Reception.Unit.Tests.Devices;
using Reception.Unit.Tests.Site;
using HallDevice = Reception.Hub.Site.Device;

namespace Reception.Unit.Tests.Broker;

/// <summary>The hub's broker with connections in memory, and three registered devices; a device's secret is its id.</summary>
internal sealed class MemoryBroker : IAsyncDisposable
{
    private readonly BrokerConnections _connections = new(TimeProvider.System);
    private readonly RejectionLog _rejections = new(TimeProvider.System, NullLogger<RejectionLog>.Instance);
    private readonly BrokerListener _listener;
    private readonly SetupBook _book;

    private MemoryBroker(TimeProvider timeProvider)
    {
        _listener = new BrokerListener(_rejections);
        _book = Setups.Of(
            SmallHall.Plan, Enumerable.Range(1, 3).Select(number => $"kiosk-{number}").Select(id => new HallDevice(id, DeviceKinds.Kiosk, Counter: null, Secrets.Hash(id))));
        Broker = new DeviceBroker(
            _book, new DeviceHealth(TimeProvider.System), _connections, _listener, _rejections, timeProvider, NullLogger<DeviceBroker>.Instance);
    }

    public DeviceBroker Broker { get; }

    public static async Task<MemoryBroker> StartAsync(TimeProvider timeProvider)
    {
        var broker = new MemoryBroker(timeProvider);
        await broker.Broker.StartAsync(CancellationToken.None);
        return broker;
    }

    /// <summary>Opens a connection: its two ends for a client, and the broker's work on it.</summary>
    public (IDuplexPipe Client, Task Served) Open()
    {
        var pair = DuplexPipe.CreateConnectionPair(PipeOptions.Default, PipeOptions.Default);
        var context = new DefaultConnectionContext(Guid.NewGuid().ToString(), pair.Transport, pair.Application);
        context.Features.Set<IConnectionLifetimeNotificationFeature>(new NeverClosed());
        return (pair.Application, ServeAsync(context));
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.StopAsync(CancellationToken.None);
        Broker.Dispose();
    }

    // As Kestrel: what a connection throws ends that connection.
    private async Task ServeAsync(ConnectionContext context)
    {
        try
        {
            await _connections.ServeAsync(context, _listener.OnConnectedAsync);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            context.Abort();
        }
        finally
        {
            await context.Transport.Input.CompleteAsync();
            await context.Transport.Output.CompleteAsync();
        }
    }

    private sealed class NeverClosed : IConnectionLifetimeNotificationFeature
    {
        public CancellationToken ConnectionClosedRequested { get; set; }

        public void RequestClose()
        {
        }
    }
}
