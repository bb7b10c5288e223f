using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>Compares what the clients were answered with what a hall at rest has kept. Each fault is a line.</summary>
internal sealed class HistoryCheck(HistoryHall hall) : IDisposable
{
    /// <summary>Of the journal's events, those that the province gets.</summary>
    public const string IsForwarded =
        "kind NOT IN ('day.opened', 'setup.changed', 'audit.added', 'numbers.raised', 'clock.confirmed', 'days.withdrawn')";

    private readonly SqliteConnection _hub = hall.Hub.Journal();
    private readonly List<string> _faults = [];

    /// <summary>The place of an event in the journal.</summary>
    public static long SequenceOf(JsonElement sent) => long.Parse(sent.GetProperty("sequence").GetString()!, CultureInfo.InvariantCulture);

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        _faults.AddRange(hall.History.Faults);
        await RepeatAsync();
        await hall.RestAsync();
        var (code, said) = await Spawned.RunAsync("hub", "verify", "--data", hall.Hub.Folder);
        Demand(code == 0, $"hub verify: {said}");
        CheckNumbers();
        CheckVisits();
        CheckOrders();
        CheckBoxPresses();
        await CheckProvinceAsync();
        return _faults;
    }

    public void Dispose() => _hub.Dispose();

    /// <summary>The same key gets the same bytes; one that was never answered acts once by now, however often it is sent.</summary>
    private async Task RepeatAsync()
    {
        var clients = hall.History.Requests.Select(request => request.Caller).Distinct().ToDictionary(caller => caller, hall.ClientOf);
        await Parallel.ForEachAsync(hall.History.Requests, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (request, _) =>
        {
            var first = request.Answer ??= await SendAsync(request);
            var again = await SendAsync(request);
            lock (_faults)
            {
                Demand(
                    first.Status == again.Status && first.Bytes.AsSpan().SequenceEqual(again.Bytes),
                    $"{request} was answered {first.Status} {first.Text}, and now {again.Status} {again.Text}");
            }
        });

        Task<ApiAnswer> SendAsync(KeyedRequest request) =>
            clients[request.Caller].PostAsync(request.Path, request.Body, request.Key);
    }

    private void CheckNumbers()
    {
        foreach (var twice in _hub.Query<string>("SELECT day || ' ' || number FROM ticket GROUP BY day, number HAVING count(*) > 1"))
        {
            _faults.Add($"The number {twice} was given twice");
        }

        var (tickets, issued) = (Count("ticket"), Count("journal WHERE kind = 'ticket.issued'"));
        Demand(tickets == issued, $"{issued} tickets were issued, and the table has {tickets}");

        var taken = hall.History.Requests.Where(request => request.Path == "/api/v1/tickets").ToList();
        foreach (var request in taken)
        {
            var (id, number) = (request.Answer!.Json.GetProperty("id").GetGuid(), request.Answer.Json.GetProperty("number").GetString());
            var kept = NumberOf("id", id);
            Demand(kept == number, $"{request} was answered {number}, and the hub has {kept ?? "no such ticket"}");
        }

        var ofClients = Count("ticket WHERE body ->> 'issuer' LIKE 'bench-%'");
        Demand(ofClients == taken.Count, $"{taken.Count} tickets were asked for, each with its key, and {ofClients} were issued");
    }

    /// <summary>The stays of each counter are the visits that its officer was answered, in their order, and so are their ratings.</summary>
    private void CheckVisits()
    {
        var stays = _hub.Query<StayRow>("""
            SELECT stay.id AS Id, counter AS Counter, stay.officer AS Officer, stay.ticket AS Ticket, stay.number AS Number,
              ending AS Ending, level AS Level, rating.officer AS Rated
            FROM stay LEFT JOIN (SELECT stay AS of, level, officer FROM rating WHERE attributed) AS rating ON rating.of = stay.id
            ORDER BY stay.id
            """).ToList();
        foreach (var counter in stays.GroupBy(stay => stay.Counter))
        {
            var visits = hall.History.Visits.Where(visit => visit.Counter == counter.Key).ToList();
            Demand(visits.Count == counter.Count(), $"Counter {counter.Key} called {visits.Count}, and the hub has {counter.Count()} stays");
            foreach (var (visit, stay) in visits.Zip(counter))
            {
                Demand(
                    (visit.Ticket, visit.Number, visit.Officer, visit.Ending)
                        == (new Guid(stay.Ticket, bigEndian: true), stay.Number, stay.Officer, stay.Ending),
                    $"{visit} of {visit.Officer} ended {visit.Ending}, and the hub has {stay.Number} of {stay.Officer}, {stay.Ending}");
                var before = _faults.Count;
                CheckPress(visit, stay);
                if (_faults.Count > before)
                {
                    _faults.AddRange(Since(stay));
                }
            }
        }

        var unattributed = Count("rating WHERE NOT attributed");
        Demand(unattributed == 0, $"{unattributed} presses belong to nobody");
        var (ratings, recorded) = (Count("rating"), Count("journal WHERE kind = 'rating.recorded'"));
        Demand(ratings == recorded, $"{recorded} ratings were recorded, and the table has {ratings}");
    }

    private void CheckPress(Visit visit, StayRow stay)
    {
        var kept = stay.Level is { } level ? $"{level} for {stay.Rated}" : "nothing";
        switch (visit.Press)
        {
            case null:
                Demand(stay.Level is null, $"{visit} pressed nothing, and the hub has {kept}");
                break;
            case { IsThanked: true } press:
                Demand((stay.Level, stay.Rated) == (press.Level, visit.Officer), $"{visit} pressed {press.Level}, and the hub has {kept}");
                break;
            case { } press:
                Demand(
                    stay.Level is null || stay.Level == press.Level,
                    $"{visit} pressed {press.Level} without an answer, and the hub has {kept}");
                break;
        }
    }

    /// <summary>What the journal has of the counter since the stay's call, and the device's presses that changed nothing: where a press may have gone.</summary>
    private IEnumerable<string> Since(StayRow stay) => _hub.Query<string>(
        """
        SELECT sequence || ' ' || at || ' ' || kind || ' ' || body FROM journal
        WHERE sequence >= @Id AND (body ->> 'counter' = @Counter OR kind LIKE 'rating.%') ORDER BY sequence LIMIT 16
        """,
        stay).Concat(_hub.Query<string>("SELECT device || ' pressed further: ' || lower(hex(id)) || ' ' || coalesce(lower(hex(rating)), 'refused') FROM further_press"));

    /// <summary>A number that a screen or a paper showed is that order's; one that was not shown waits for nobody.</summary>
    private void CheckOrders()
    {
        foreach (var order in hall.History.TicketOrders)
        {
            var number = NumberOf("report", order.Id);
            var state = _hub.ExecuteScalar<string?>("SELECT state FROM ticket WHERE report = @id", new { id = Bytes(order.Id) });
            var kept = $"order {order.Id}, and the hub has {(number is null ? "no ticket" : $"{number}, {state}")}";
            Demand(order.Number is null || order.Number == number, $"The kiosk showed {order.Number} for {kept}");
            Demand(order.Number is null || !order.IsGivenUp, $"The kiosk showed {order.Number}, and that there is none, for {kept}");
            Demand(order.Number is null || state != "cancelled", $"The kiosk showed {order.Number} for {kept}");
            Demand(!order.IsGivenUp || state is not "waiting", $"The kiosk said that there is no number for {kept}");
        }

        const string silently = "report IS NOT NULL AND state = 'waiting' AND body ->> 'printed' = 'pending'";
        foreach (var silent in _hub.Query<string>($"SELECT number FROM ticket WHERE {silently}"))
        {
            _faults.Add($"{silent} is the kiosk's, and it never said what became of its paper");
        }

        // 20261123-104200-000-A012.bin
        var papers = hall.Kiosk.Streams.Select(path => Path.GetFileNameWithoutExtension(path).Split('-')[3]).ToList();
        foreach (var paper in papers.GroupBy(number => number))
        {
            Demand(paper.Count() == 1, $"{paper.Key} came out on {paper.Count()} papers");
            Demand(
                Count($"ticket WHERE report IS NOT NULL AND number = '{paper.Key}'") == 1,
                $"{paper.Key} is on paper, and the hub has no such ticket of the kiosk");
        }
    }

    /// <summary>Each press that the agent wrote down is at the hub under its own id.</summary>
    private void CheckBoxPresses()
    {
        using var agent = new SqliteConnection($"Data Source={hall.Agent.Database};Mode=ReadOnly;Pooling=False");
        var reports = agent.Query<byte[]>("SELECT report FROM press").ToList();
        var pressed = hall.History.Visits.Count(visit => visit is { Counter: 2, Press: not null });
        Demand(reports.Count == pressed, $"The agent wrote down {reports.Count} presses of {pressed}");
        foreach (var report in reports)
        {
            Demand(
                _hub.ExecuteScalar<long>("SELECT count(*) FROM rating WHERE id = @report", new { report }) == 1,
                $"The press {Convert.ToHexStringLower(report)} is at the agent alone");
        }
    }

    /// <summary>The province has each event once, in the journal's order, with its hash.</summary>
    private async Task CheckProvinceAsync()
    {
        var tally = await hall.Province.TallyAsync();
        Demand(tally is { Gaps: 0, OutOfOrder: 0 }, $"The province counts {tally}");
        var sent = (await hall.Province.EventsAsync()).Select(Line).ToList();
        var written = _hub.Query<string>($"""
            SELECT sequence || ' vn.reception.' || kind || ' ' || lower(hex(chain)) FROM journal WHERE {IsForwarded} ORDER BY sequence
            """).ToList();
        foreach (var (arrived, row) in sent.Zip(written).Where(pair => pair.First != pair.Second).Take(1))
        {
            _faults.Add($"The province has {arrived} where the journal has {row}");
        }

        Demand(sent.Count == written.Count, $"The province has {sent.Count} events, and the journal {written.Count}");

        static string Line(JsonElement one) => $"{SequenceOf(one)} {one.GetProperty("type")} {one.GetProperty("chain")}";
    }

    private string? NumberOf(string column, Guid id) =>
        _hub.ExecuteScalar<string?>($"SELECT number FROM ticket WHERE {column} = @id", new { id = Bytes(id) });

    private long Count(string rows) => _hub.ExecuteScalar<long>($"SELECT count(*) FROM {rows}");

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private void Demand(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }

    private sealed record StayRow(
        long Id, long Counter, string Officer, byte[] Ticket, string Number, string? Ending, long? Level, string? Rated);
}
