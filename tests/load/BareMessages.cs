using System.Diagnostics;
using Reception.Protocol;

namespace Reception.Load;

/// <summary>The broker by itself: one client publishes, another gets it, nobody does anything with it.</summary>
internal static class BareMessages
{
    public static async Task MeasureAsync(LoadHall hall, int rounds, Table table, CancellationToken cancellation)
    {
        await using var from = await hall.ConnectAsync("hub", cancellation);
        await using var to = await hall.ConnectAsync("bench-8", cancellation, Topics.Command("bench-8"));
        var payload = new byte[150];
        var latencies = new Latencies();
        for (var round = -20; round < rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            Sent.OrThrow(from.TryPublish(Topics.Command("bench-8"), payload));
            await to.Messages.ReadAsync(cancellation);
            if (round >= 0)
            {
                latencies.Add(begun);
            }
        }

        table.Add("bare publish to receive, one way", latencies.ToString());
    }
}
