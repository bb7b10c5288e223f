using System.Net.Sockets;
using System.Text;

namespace Reception.Hall.Tests.Broker;

/// <summary>An MQTT 3.1.1 client of this test's own bytes (OASIS MQTT 3.1.1, section 3): it says what a library would not.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly TcpClient _socket = new();
    private NetworkStream _stream = null!;

    public static async Task<RawClient> OpenAsync(int port)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        client._stream = client._socket.GetStream();
        return client;
    }

    /// <summary>CONNECT; gives the return code of the CONNACK, or null where the connection ended instead.</summary>
    public async Task<int?> ConnectAsync(string clientId, string? user, string? password, (string Topic, string Payload)? will = null)
    {
        var flags = 0x02 | (user is null ? 0 : 0x80) | (password is null ? 0 : 0x40) | (will is null ? 0 : 0x0C);
        var body = new List<byte>([.. Text("MQTT"), 4, (byte)flags, 0, 60, .. Text(clientId)]);
        if (will is { } last)
        {
            body.AddRange([.. Text(last.Topic), .. Text(last.Payload)]);
        }

        body.AddRange([.. user is null ? [] : Text(user), .. password is null ? [] : Text(password)]);
        await SendAsync(0x10, body);
        var answer = await ReadAsync();
        return answer is { Type: 0x20 } connack ? connack.Body[1] : null;
    }

    public Task SubscribeAsync(string filter, byte qos) => SendAsync(0x82, [0, 1, .. Text(filter), qos]);

    public Task PublishAsync(string topic, byte[] payload) => SendAsync(0x30, [.. Text(topic), .. payload]);

    /// <summary>QoS 1; the answer is a PUBACK.</summary>
    public Task PublishOnceAsync(string topic, byte[] payload, ushort id) =>
        SendAsync(0x32, [.. Text(topic), (byte)(id >> 8), (byte)id, .. payload]);

    /// <summary>A packet with a length that tells the truth.</summary>
    public Task SendAsync(byte type, IReadOnlyCollection<byte> body)
    {
        var head = new List<byte> { type };
        var left = body.Count;
        do
        {
            head.Add((byte)((left % 128) | (left >= 128 ? 0x80 : 0)));
            left /= 128;
        }
        while (left > 0);
        return SendBytesAsync([.. head, .. body]);
    }

    public async Task SendBytesAsync(byte[] bytes) => await _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>The next packet, or null where the broker has ended the connection.</summary>
    public async Task<(int Type, byte[] Body)?> ReadAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            var one = new byte[1];
            await _stream.ReadExactlyAsync(one, deadline.Token);
            var type = one[0];
            var (length, shift) = (0, 0);
            do
            {
                await _stream.ReadExactlyAsync(one, deadline.Token);
                length |= (one[0] & 0x7F) << shift;
                shift += 7;
            }
            while (one[0] >= 0x80);
            var body = new byte[length];
            await _stream.ReadExactlyAsync(body, deadline.Token);
            return (type, body);
        }
        catch (Exception exception) when (exception is IOException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Reads until the broker ends the connection.</summary>
    public async Task EndedAsync()
    {
        while (await ReadAsync() is not null)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
