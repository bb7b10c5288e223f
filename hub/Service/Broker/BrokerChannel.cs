using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace Reception.Hub.Broker;

/// <summary>The packets of one connection. Every session is a clean one with an id, whatever its CONNECT says.</summary>
internal sealed class BrokerChannel(IMqttChannelAdapter inner, BrokerConnection connection, RejectionLog rejections) : IMqttChannelAdapter
{
    public BrokerConnection Connection => connection;

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2? ClientCertificate => inner.ClientCertificate;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public EndPoint? LocalEndPoint => inner.LocalEndPoint;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    public EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await ReceiveAsync(cancellationToken);
        if (packet is MqttConnectPacket connect)
        {
            connect.CleanSession = true;
            connect.SessionExpiryInterval = 0;
            connect.ClientId = string.IsNullOrEmpty(connect.ClientId) ? $"{Guid.NewGuid():N}" : connect.ClientId;
        }

        return packet;
    }

    public void ResetStatistics() => inner.ResetStatistics();

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) => inner.SendPacketAsync(packet, cancellationToken);

    public void Dispose() => inner.Dispose();

    private async Task<MqttPacket?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await inner.ReceivePacketAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not (IOException or OperationCanceledException))
        {
            rejections.Add($"a malformed packet of {connection.Device ?? connection.Address}: {exception.Message}");
            throw;
        }
    }
}
