using System.Diagnostics;
using System.Globalization;

namespace Reception.Load;

/// <summary>The same tickets from a queue of Flask and SQLite, where this machine has Flask (Debian: <c>python3-flask</c>).</summary>
internal static class FlaskYardstick
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task MeasureAsync(LoadHall hall, int clients, TimeSpan time, Table table, CancellationToken cancellation)
    {
        var port = LoadHall.FreePort();
        using var flask = LoadHall.Start(
            "python3",
            Path.Combine(AppContext.BaseDirectory, "flask_queue.py"),
            port.ToString(CultureInfo.InvariantCulture),
            Path.Combine(hall.Folder, "flask.db"));
        try
        {
            await LoadHall.UntilAsync("Flask", () => flask.HasExited || LoadHall.Accepts(port), cancellation);
            if (flask.HasExited)
            {
                table.Add($"yardstick: Flask and SQLite, {clients} clients", "not measured: this machine has no Flask (python3-flask)");
                return;
            }

            var begun = Stopwatch.GetTimestamp();
            var results = new Latencies[clients];
            var threads = Enumerable.Range(0, clients).Select(client => new Thread(() => results[client] = Ask(port, begun, time))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            var all = new Latencies();
            Array.ForEach(results, all.Add);
            table.Add($"yardstick: Flask and SQLite, {clients} clients", $"{all.Count / time.TotalSeconds:N0} tickets/s  {all}");
        }
        finally
        {
            if (!flask.HasExited)
            {
                flask.Kill();
            }

            await flask.WaitForExitAsync(cancellation);
        }
    }

    private static Latencies Ask(int port, long begun, TimeSpan time)
    {
        var latencies = new Latencies();
        while (Stopwatch.GetElapsedTime(begun) is var passed && passed < WarmUp + time)
        {
            var sent = Stopwatch.GetTimestamp();
            // Its server ends the connection with each answer.
            using var line = new HttpLine(port);
            if (line.Post("/tickets", """{"service":"HT"}""") != 201)
            {
                throw new InvalidOperationException("Flask refuses a ticket.");
            }

            if (passed >= WarmUp)
            {
                latencies.Add(sent);
            }
        }

        return latencies;
    }
}
