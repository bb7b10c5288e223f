using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Reception.Load;

/// <summary>What a year of visits costs: the proof of its record, the leader's pages over it, and its ratings as a file.</summary>
internal static class RecordFigures
{
    public const string Leader = "ld01";
    private const int Rounds = 30;

    public static Option<int> Visits { get; } = new("--visits") { Description = "Visits of the year, five events each.", DefaultValueFactory = _ => 160_000 };

    /// <param name="hub">The option that names the hub's program.</param>
    public static Command Make(Option<string?> hub)
    {
        var command = new Command("record", "Measures the proof of the record, the leader's pages and the files over a year of visits.") { Visits, hub };
        command.SetAction(async (parsed, cancellation) =>
        {
            var table = new Table();
            await MeasureAsync(parsed.GetValue(hub), parsed.GetValue(Visits), table, cancellation);
            table.Print();
        });
        return command;
    }

    public static async Task MeasureAsync(string? hub, int visits, Table table, CancellationToken cancellation)
    {
        await using var hall = LoadHall.Make(null, province: false, hub);
        var begun = Stopwatch.GetTimestamp();
        YearOfRecord.Write(hall.Folder, visits, hall.Desks);
        var rows = hall.JournalRows();
        table.Add($"the hub's own commands write {rows:N0} rows", $"{rows / Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} rows/s");
        var verified = hall.Run("verify");
        table.Add("hub verify: chain, seals, and the read tables made anew", $"{verified.TotalSeconds:N1} s, {rows / verified.TotalSeconds:N0} rows/s");
        table.Add("start to ready", await hall.StartHubAsync(cancellation), hall.ProcessorTime());

        using var leader = LoadCounter.SignIn(hall, Leader, counter: null);
        var yesterday = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(-1);
        var lastMonth = yesterday.AddMonths(-1);
        foreach (var (period, name, days) in new[] { ("month", "a month", 30), ("year", "a year", 365) })
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"from={yesterday.AddDays(1 - days):yyyy-MM-dd}&to={yesterday:yyyy-MM-dd}");
            table.Add($"dashboard of {name}", $"{Times(leader, string.Create(CultureInfo.InvariantCulture, $"/dashboard?period={period}&at={lastMonth:yyyy-MM-dd}"))}");
            table.Add($"figures of officers of {name}, as JSON", $"{Times(leader, $"/api/v1/statistics/officers?{range}")}");
            var started = Stopwatch.GetTimestamp();
            var (first, bytes) = leader.GetAll($"/ratings.csv?{range}");
            table.Add(
                $"ratings of {name} as CSV, {bytes / 1e6:N1} MB",
                $"first bytes after {Stopwatch.GetElapsedTime(started, first).TotalMilliseconds:N0} ms, all after {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s");
        }

        table.Add("memory of the hub", hall.Memory());
    }

    private static Latencies Times(HttpLine leader, string path)
    {
        var times = new Latencies();
        for (var round = -3; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            LoadCounter.Expect(200, leader.Get(path), leader);
            if (round >= 0)
            {
                times.Add(started);
            }
        }

        return times;
    }
}
