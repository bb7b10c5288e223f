using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Load;

/// <summary>The broker by itself: a device publishes its presence and receives it. Beside it the same through Mosquitto.</summary>
internal static class BareMessages
{
    private const string Device = "bench-8";

    public static async Task MeasureAsync(LoadHall hall, int rounds, Table table, CancellationToken cancellation)
    {
        await using var own = await hall.ConnectAsync(Device, cancellation, Topics.Presence(Device));
        table.Add("publish to receive through the hub's broker", await MeasureAsync(own, rounds, cancellation));
        await using var mosquitto = await Mosquitto.StartAsync(cancellation);
        await using var foreign = new MqttLink(
            new MqttLinkOptions { Host = "127.0.0.1", Port = mosquitto.Port, User = Device, Secret = Device, Subscriptions = [Topics.Presence(Device)] },
            TimeProvider.System,
            NullLogger<MqttLink>.Instance);
        foreign.Start();
        await LoadHall.UntilAsync("Mosquitto", () => foreign.IsConnected, cancellation);
        table.Add("publish to receive through Mosquitto", await MeasureAsync(foreign, rounds, cancellation));
    }

    private static async Task<string> MeasureAsync(IMqttLink link, int rounds, CancellationToken cancellation)
    {
        var payload = new byte[200];
        var latencies = new Latencies();
        for (var round = -20; round < rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            Sent.OrThrow(link.TryPublish(Topics.Presence(Device), payload));
            await link.Messages.ReadAsync(cancellation);
            if (round >= 0)
            {
                latencies.Add(begun);
            }

            await Pace.WaitAsync(begun, cancellation);
        }

        return latencies.ToString();
    }
}
