using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Broker;

/// <summary>Whatever bytes a client sends, the broker goes on, and nobody speaks for another device.</summary>
public sealed class MutatedPacketsTests
{
    private const int PacketsAConnection = 20;

    private static readonly int Packets = Effort.Of(usual: 20_000, all: 1_000_000);

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Mutated_packets_end_their_own_connection_at_most()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}, {Packets} packets");
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        await using var broker = await MemoryBroker.StartAsync(clock);
        var foreign = new List<string>();
        var reading = ReadAsync(broker, foreign);
        var before = 0L;
        for (var sent = 0; sent < Packets; sent += PacketsAConnection)
        {
            var (client, served) = broker.Open();
            var drained = DrainAsync(client.Input);
            // Every fifth connection is mutated from its first packet on.
            var bytes = new List<byte>(sent % (5 * PacketsAConnection) == 0 ? Mutate(random, Connect("kiosk-2", 4)) : Connect("kiosk-2", random.Next(2) == 0 ? (byte)4 : (byte)5));
            for (var number = 0; number < PacketsAConnection; number++)
            {
                bytes.AddRange(Mutate(random, Sample(random)));
            }

            await client.Output.WriteAsync(bytes.ToArray(), TestContext.Current.CancellationToken);
            await client.Output.CompleteAsync();
            await EndAsync(served, clock);
            await drained;
            if (sent == Packets / 5 / PacketsAConnection * PacketsAConnection)
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        await ServesAsync(broker);
        Assert.Empty(foreign);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper!.WriteLine($"memory grew by {grown / 1024} KiB");
        Assert.True(grown < 16 * 1024 * 1024, $"{grown} bytes more than before");
        Assert.False(reading.IsFaulted);
    }

    /// <summary>Waits for a connection's end; a wrong secret waits by the clock.</summary>
    private static async Task EndAsync(Task served, ManualTimeProvider clock)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (await Task.WhenAny(served, Task.Delay(1, TestContext.Current.CancellationToken)) != served)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Deadline, "the broker does not end a connection");
        }
    }

    /// <summary>A device that does everything right gets the hall.</summary>
    private static async Task ServesAsync(MemoryBroker broker)
    {
        var (client, served) = broker.Open();
        await client.Output.WriteAsync(new ReadOnlyMemory<byte>([.. Connect("kiosk-1", 4), .. Packet(0x82, [0, 1, .. Text(Topics.Hall), 0])]));
        broker.Broker.Publish(Topics.Hall, "served"u8.ToArray(), retained: true);
        var heard = "";
        using var deadline = new CancellationTokenSource(Deadline);
        while (!heard.Contains("served", StringComparison.Ordinal))
        {
            var read = await client.Input.ReadAsync(deadline.Token);
            heard += Encoding.Latin1.GetString(read.Buffer.ToArray());
            client.Input.AdvanceTo(read.Buffer.End);
        }

        await client.Output.CompleteAsync();
        await served;
    }

    /// <summary>What reaches the hub must be of the device that was connected.</summary>
    private static async Task ReadAsync(MemoryBroker broker, List<string> foreign)
    {
        await foreach (var message in broker.Broker.Messages.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (message.Device != "kiosk-2")
            {
                foreign.Add(message.Device);
            }
        }
    }

    private static async Task DrainAsync(PipeReader answers)
    {
        try
        {
            while (true)
            {
                var read = await answers.ReadAsync();
                answers.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The broker ended the connection with the reason why.
        }
        finally
        {
            await answers.CompleteAsync();
        }
    }

    private static byte[] Sample(Random random)
    {
        var own = Topics.Report("kiosk-2");
        byte[] payload = [.. Enumerable.Range(0, random.Next(64)).Select(_ => (byte)random.Next(256))];
        return random.Next(12) switch
        {
            0 => Packet(0x30, [.. Text(own), .. payload]),
            1 => Packet(0x32, [.. Text(own), 0, 1, .. payload]),
            2 => Packet(0x34, [.. Text(own), 0, 2, .. payload]),
            3 => Packet(0x31, [.. Text(Topics.Presence("kiosk-2")), .. payload]),
            4 => Packet(0x30, [.. Text(Topics.Report("kiosk-1")), .. payload]),
            5 => Packet(0x82, [0, 3, .. Text(Topics.Hall), 1, .. Text("#"), 0]),
            6 => Packet(0xA2, [0, 4, .. Text(Topics.Hall)]),
            7 => Packet(0x40, [0, 1]),
            8 => Packet(0x62, [0, 2]),
            9 => Packet(0xC0, []),
            10 => Connect("kiosk-1", 4),
            _ => Packet((byte)random.Next(256), payload),
        };
    }

    private static byte[] Mutate(Random random, byte[] packet)
    {
        var bytes = packet.ToList();
        for (var times = random.Next(4); times > 0 && bytes.Count > 0; times--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveAt(place);
                    break;
                case 3:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Connect(string device, byte version) => Packet(
        0x10, [.. Text("MQTT"), version, 0xC2, 0, 60, .. version == 5 ? [(byte)0] : Array.Empty<byte>(), .. Text($"{device}-client"), .. Text(device), .. Text(device)]);

    private static byte[] Packet(byte type, byte[] body) =>
        body.Length < 128 ? [type, (byte)body.Length, .. body] : [type, (byte)((body.Length % 128) | 0x80), (byte)(body.Length / 128), .. body];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
