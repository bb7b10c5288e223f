using System.Diagnostics;
using System.Threading.Channels;

namespace Reception.Load;

/// <summary>An officer's "next" until a subscribed screen has the call.</summary>
internal static class CallToScreen
{
    public static async Task MeasureAsync(LoadHall hall, int rounds, Table table, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var stream = new HttpLine(hall.HttpPort);
        if (stream.Open("/api/v1/hall/events") != 200)
        {
            throw new InvalidOperationException("The hall's events can't be had.");
        }

        var calls = Channel.CreateUnbounded<(long At, string Data)>();
        var screen = new Thread(() => Watch(stream, calls.Writer)) { IsBackground = true };
        screen.Start();
        var counters = hall.Desks.Select(client => new LoadCounter(hall, client.Counter, client.Officer, client.Service)).ToList();
        var (seen, answered) = (new Latencies(), new Latencies());
        for (var round = -20; round < rounds; round++)
        {
            var client = counters[(round + 20) % counters.Count];
            client.Issue();
            var begun = Stopwatch.GetTimestamp();
            client.CallNext();
            if (round >= 0)
            {
                answered.Add(begun);
            }

            var (at, data) = await calls.Reader.ReadAsync(cancellation);
            if (!data.Contains($"\"counter\":{client.Counter}", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The screen shows another call than that of counter {client.Counter}: {data}");
            }

            if (round >= 0)
            {
                seen.Add(begun, at);
            }

            client.Finish();
        }

        counters.ForEach(client => client.Dispose());
        table.Add("call to answer over HTTP", answered.ToString());
        table.Add("call to a screen's event", seen.ToString());
    }

    private static void Watch(HttpLine stream, ChannelWriter<(long At, string Data)> calls)
    {
        var isCall = false;
        try
        {
            while (true)
            {
                var line = stream.ReadLine();
                if (line.StartsWith("event:", StringComparison.Ordinal))
                {
                    isCall = line.AsSpan(6).Trim().SequenceEqual("call");
                }
                else if (isCall && line.StartsWith("data:", StringComparison.Ordinal))
                {
                    calls.TryWrite((Stopwatch.GetTimestamp(), line));
                }
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            calls.TryComplete(ended);
        }
    }
}
