using System.Diagnostics;
using System.Text;

namespace Reception.Load;

/// <summary>Clients that ask for tickets as fast as they are answered; each answer is on the disk before it comes.</summary>
internal static class DurableTickets
{
    private const int Benches = 8;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static void Measure(LoadHall hall, int clients, TimeSpan time, Table table)
    {
        var before = hall.JournalRows("ticket.issued");
        var results = new (Latencies Latencies, long Issued, long Refused, string Refusal)[clients];
        var processor = hall.ProcessorTime();
        var begun = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, clients).Select(client => new Thread(() => results[client] = Ask(hall, client, begun, time))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var all = new Latencies();
        foreach (var result in results)
        {
            all.Add(result.Latencies);
        }

        var issued = results.Sum(result => result.Issued);
        var used = (hall.ProcessorTime() - processor).TotalMicroseconds / issued;
        table.Add(
            $"durable tickets over HTTP, {clients} clients",
            $"{all.Count / time.TotalSeconds:N0} tickets/s  {all}  processor {used:N0} µs a ticket");
        var stored = hall.JournalRows("ticket.issued") - before;
        var refused = results.FirstOrDefault(result => result.Refused > 0);
        table.Add("tickets answered and found in the journal", $"{issued:N0} and {stored:N0}");
        if (refused.Refused > 0)
        {
            table.Add("refused", $"{results.Sum(result => result.Refused):N0}, such as {refused.Refusal}");
        }
    }

    private static (Latencies Latencies, long Issued, long Refused, string Refusal) Ask(LoadHall hall, int client, long begun, TimeSpan time)
    {
        using var line = new HttpLine(hall.HttpPort) { Caller = "Authorization: " + hall.Bearer($"bench-{(client % Benches) + 1}") };
        var service = hall.Desks[client % hall.Desks.Count].Service;
        var request = line.Request("POST", "/api/v1/tickets", $$"""{"service":"{{service}}","lane":"normal"}""");
        var (latencies, issued, refused, refusal) = (new Latencies(), 0L, 0L, "");
        while (Stopwatch.GetElapsedTime(begun) is var passed && passed < WarmUp + time)
        {
            var sent = Stopwatch.GetTimestamp();
            if (line.Send(request) == 201)
            {
                issued++;
                if (passed >= WarmUp)
                {
                    latencies.Add(sent);
                }
            }
            else
            {
                refused++;
                refusal = Encoding.UTF8.GetString(line.Body);
            }
        }

        return (latencies, issued, refused, refusal);
    }
}
