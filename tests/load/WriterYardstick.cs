using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Journal;
using Reception.Hub.Metrics;
using Reception.Hub.Options;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Hub.Tools;

namespace Reception.Load;

/// <summary>The same tickets through the hub's own writer in this process: what HTTP and a process of its own add is the rest.</summary>
internal static class WriterYardstick
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(4);

    public static async Task MeasureAsync(LoadHall hall, int clients, Table table)
    {
        var folder = Directory.CreateDirectory(Path.Combine(hall.Folder, "writer")).FullName;
        await HallTools.ExecuteAsync(folder, new SetUpHall(HallFile.Load(LoadHall.DemonstrationFile), IsDemonstration: true, ForThoseWhoWait: true));
        var failure = new TaskCompletionSource<Exception>();
        using var meter = new HubMeter();
        using var writer = new JournalWriter(
            new HubDatabase(folder),
            new HallBoard(),
            new SetupBook(),
            new HallClock(TimeProvider.System),
            new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0),
            JournalKey.Of(folder),
            meter,
            failure.SetResult,
            NullLogger<JournalWriter>.Instance);
        writer.Start();
        await writer.ReadyAsync();

        var links = new TicketLinks(new HubOptions { Data = folder, Http = "http://127.0.0.1:1" });
        var begun = Stopwatch.GetTimestamp();
        var asking = Enumerable.Range(0, clients).Select(client => Task.Run(() => AskAsync(writer, links, hall.Desks[client % hall.Desks.Count].Service, begun)));
        await Task.Delay(WarmUp);
        var before = Environment.CpuUsage.TotalTime;
        var all = new Latencies();
        foreach (var latencies in await Task.WhenAll(asking))
        {
            all.Add(latencies);
        }

        var processor = Environment.CpuUsage.TotalTime - before;
        table.Add(
            $"the writer alone, {clients} at once",
            $"{all.Count / Long.TotalSeconds:N0} tickets/s  {all}  processor {processor.TotalMicroseconds / all.Count:N0} µs a ticket");
    }

    private static async Task<Latencies> AskAsync(JournalWriter writer, TicketLinks links, string service, long begun)
    {
        var latencies = new Latencies();
        while (Stopwatch.GetElapsedTime(begun) is var passed && passed < WarmUp + Long)
        {
            var asked = Stopwatch.GetTimestamp();
            var ticket = new IssueTicket(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), service, Lane.Normal) { Issuer = "bench-1" };
            await writer.ExecuteAsync(new TakeNumber(ticket, null, Secrets.LinkCode(), links));
            if (passed >= WarmUp)
            {
                latencies.Add(asked);
            }
        }

        return latencies;
    }
}
