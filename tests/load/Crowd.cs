using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Reception.Load;

/// <summary>A hall of 60 counters with 500 devices and 1,000 open screens: what the hub needs for them, and how long a call takes to all of them.</summary>
internal static class Crowd
{
    private const int Counters = 60;
    private const int Screens = 1000;
    private const int Calls = 20;

    /// <param name="hub">The option that names the hub's program.</param>
    public static Command Make(Option<string?> hub)
    {
        var command = new Command("crowd", $"Measures a hall of {Counters} counters with {ManyDevices.Devices} devices and {Screens:N0} screens.") { hub };
        command.SetAction(async (parsed, cancellation) =>
        {
            var table = new Table();
            await MeasureAsync(parsed.GetValue(hub), table, cancellation);
            table.Print();
        });
        return command;
    }

    public static async Task MeasureAsync(string? hub, Table table, CancellationToken cancellation)
    {
        var plan = Path.GetTempFileName();
        await File.WriteAllTextAsync(plan, Hall(), cancellation);
        await using var hall = LoadHall.Make(null, province: false, hub, plan);
        File.Delete(plan);
        await MeasureAsync(hall, table, cancellation);
    }

    /// <summary>The demonstration's hall with more counters.</summary>
    private static string Hall()
    {
        var hall = JsonNode.Parse(File.ReadAllText(LoadHall.DemonstrationFile))!;
        var counters = hall["counters"]!.AsArray();
        var services = counters.Select(counter => counter!["services"]!).ToList();
        for (var number = counters.Count + 1; number <= Counters; number++)
        {
            counters.Add(new JsonObject { ["number"] = number, ["name"] = $"Quầy {number}", ["services"] = services[number % services.Count].DeepClone() });
        }

        return hall.ToJsonString();
    }

    private static async Task MeasureAsync(LoadHall hall, Table table, CancellationToken cancellation)
    {
        ManyDevices.Register(hall);
        await hall.StartHubAsync(cancellation);
        table.Add("memory of the hub, just started", hall.Memory());
        var (links, connected) = await ManyDevices.ConnectAllAsync(hall, cancellation);
        table.Add($"{ManyDevices.Devices} devices connected and subscribed after", connected.ToString("0.00 s", CultureInfo.InvariantCulture));
        table.Add($"memory of the hub, {Counters} counters, {ManyDevices.Devices} devices", hall.Memory());

        var begun = Stopwatch.GetTimestamp();
        var screens = new List<Screen>();
        for (var screen = 0; screen < Screens; screen++)
        {
            screens.Add(await Screen.OpenAsync(hall.HttpPort, cancellation));
        }

        table.Add($"{Screens:N0} screens open after", $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:N2} s");
        table.Add($"memory of the hub, {Screens:N0} screens more", hall.Memory());

        var (counter, officer, service) = hall.Desks[0];
        using var client = new LoadCounter(hall, counter, officer, service);
        var (last, answered, processor) = (new Latencies(), new Latencies(), hall.ProcessorTime());
        for (var call = 0; call < Calls; call++)
        {
            client.Issue();
            var called = Stopwatch.GetTimestamp();
            var shown = screens.ConvertAll(screen => screen.CallAsync());
            client.CallNext();
            answered.Add(called);
            last.Add(called, (await Task.WhenAll(shown).WaitAsync(TimeSpan.FromSeconds(30), cancellation)).Max());
            client.Finish();
        }

        table.Add("call to its answer, meanwhile", answered.ToString());
        table.Add($"call to the last of {Screens:N0} screens", last.ToString());
        table.Add("processor time a visit, to all devices and screens", $"{(hall.ProcessorTime() - processor).TotalMilliseconds / Calls:N1} ms");
        table.Add("memory of the hub, afterwards", hall.Memory());
        screens.ForEach(screen => screen.Dispose());
        await Task.WhenAll(links.Select(link => link.DisposeAsync().AsTask()));
    }

    /// <summary>A display's stream of events.</summary>
    private sealed class Screen : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly byte[] _buffer = new byte[16 * 1024];
        private volatile TaskCompletionSource<long> _call = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static async Task<Screen> OpenAsync(int port, CancellationToken cancellation)
        {
            var screen = new Screen();
            await screen._socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            await screen._socket.SendAsync("GET /api/v1/hall/events HTTP/1.1\r\nHost: hall\r\n\r\n"u8.ToArray(), cancellation);
            var first = await screen._socket.ReceiveAsync(screen._buffer, cancellation);
            if (!screen._buffer.AsSpan(0, first).StartsWith("HTTP/1.1 200"u8))
            {
                throw new InvalidOperationException("A screen gets no events.");
            }

            _ = screen.WatchAsync();
            return screen;
        }

        /// <summary>When the next call has come.</summary>
        public Task<long> CallAsync()
        {
            _call = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _call.Task;
        }

        public void Dispose() => _socket.Dispose();

        private async Task WatchAsync()
        {
            try
            {
                int got;
                while ((got = await _socket.ReceiveAsync(_buffer.AsMemory())) > 0)
                {
                    if (_buffer.AsSpan(0, got).IndexOf("event: call\n"u8) >= 0)
                    {
                        _call.TrySetResult(Stopwatch.GetTimestamp());
                    }
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                _call.TrySetException(ended);
            }
        }
    }
}
