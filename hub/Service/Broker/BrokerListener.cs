using Microsoft.AspNetCore.Connections;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace Reception.Hub.Broker;

/// <summary>Hands Kestrel's connections to the MQTT server.</summary>
internal sealed class BrokerListener(RejectionLog rejections) : ConnectionHandler, IMqttServerAdapter
{
    private MqttServerOptions _options = new();

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _options = options;
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        ClientHandler = null;
        return Task.CompletedTask;
    }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (ClientHandler is not { } serve)
        {
            return;
        }

        var accepted = connection.Features.Get<BrokerConnection>()!;
        PacketLimit.Set(connection, () => accepted.Device is null ? BrokerLimits.ConnectBytes : BrokerLimits.PacketBytes);
        var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(_options.WriterBufferSize, _options.WriterBufferSizeMax));
        using var channel = new BrokerChannel(new MqttConnectionContext(formatter, connection), accepted, rejections);
        await serve(channel);
    }

    public void Dispose() => ClientHandler = null;
}
