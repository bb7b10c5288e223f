using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hall.Tests.Parts;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>The hub's side of the wire contracts, as far as a kiosk sees it: the catalogue, the hall, and answers that a test holds back or refuses.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private readonly MqttLink link;
    private readonly WebApplication http;
    private readonly Task reading;
    private readonly Task living;
    private readonly CancellationTokenSource dying = new();
    private volatile int waiting = 3;
    private volatile string? counterState;
    private readonly ConcurrentQueue<Report> reports = new();
    private readonly ConcurrentDictionary<Guid, byte[]> answers = new();
    private volatile string mode = "answer";
    private volatile bool namesAreWithheld;
    private int issued;

    private FakeHub(MqttLink link, WebApplication http)
    {
        this.link = link;
        this.http = http;
        reading = Task.Run(ReadAsync);
        living = Task.Run(LiveAsync);
    }

    public const string Kiosk = "kiosk-1";

    public string Address => http.Urls.First();

    /// <summary>Every report that came, repeats too.</summary>
    public IReadOnlyList<Report> Reports => [.. reports];

    public static async Task<FakeHub> StartAsync(MosquittoBroker broker)
    {
        var link = new MqttLink(broker.Options("hub", Topics.EveryReport), TimeProvider.System, NullLogger<MqttLink>.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var http = builder.Build();
        http.Urls.Add($"http://127.0.0.1:{FreePort.Next()}");
        var hub = new FakeHub(link, http);
        http.MapGet("/api/v1/catalog", (HttpContext context) =>
        {
            context.Response.Headers.ETag = "\"1\"";
            return hub.namesAreWithheld
                ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
                : Results.Bytes(ProtocolJson.Write(Catalog()), "application/json");
        });
        await http.StartAsync();
        link.Start();
        await Eventually.TrueAsync(() => link.IsConnected, () => "no link");
        hub.Publish();
        return hub;
    }

    /// <summary>The different reports of a type, in the order of their first arrival.</summary>
    public IReadOnlyList<Report> Told(string type) => [.. Reports.Where(report => report.Type == type).DistinctBy(report => report.Id)];

    /// <summary>From now on nothing is answered: the hub is there and can't commit.</summary>
    public void FallSilent() => mode = "silent";

    /// <summary>From now on everything is answered; what waits is sent again by the kiosk.</summary>
    public void Answer() => mode = "answer";

    /// <summary>From now on, or no longer, the catalogue can't be had.</summary>
    public void WithholdNames(bool withheld = true) => namesAreWithheld = withheld;

    /// <summary>From now on requests are refused with the code.</summary>
    public void Refuse(string code) => mode = code;

    public void Command(string type, object data) => link.TryPublish(
        Topics.Command(Kiosk),
        ProtocolJson.Write(new Command { Id = Guid.CreateVersion7(), At = TimeProvider.System.GetUtcNow(), Type = type, Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options) }));

    /// <summary>Orders a copy of a ticket's slip.</summary>
    public void OrderCopy(TicketDocument ticket)
    {
        var data = JsonSerializer.SerializeToNode(ticket, ProtocolJson.Options)!.AsObject();
        data["copy"] = true;
        Command(CommandTypes.TicketPrint, data);
    }

    public static TicketDocument Ticket(string number, string service, string lane, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        Number = number,
        Service = service,
        Lane = lane,
        State = "waiting",
        Ahead = 3,
        EstimatedWaitSeconds = 540,
        EstimatedWaitRange = [420, 780],
        IssuedAt = TimeProvider.System.GetUtcNow(),
        Printed = "pending",
    };

    // As many as a page has no room for.
    private static readonly string[] MoreOfHT = ["kết hôn", "khai tử", "nhận cha, mẹ, con", "lại khai sinh"];

    public static CatalogDocument Catalog() => new()
    {
        Site = new CatalogSite("H55.242", "Trung tâm Phục vụ hành chính công phường Mỏ Chè", "Một cửa phường Mỏ Chè", "Thái Nguyên", "Asia/Ho_Chi_Minh"),
        ForwardNextDayAfter = "15:00",
        Services =
        [
            new CatalogService("HT", "A", "Hộ tịch", "Civil status"),
            new CatalogService("CT", "B", "Chứng thực", "Certification"),
            new CatalogService("XH", "K", "Bảo trợ xã hội – Người có công", "Social protection and merit"),
            new CatalogService("KD", "M", "Hộ kinh doanh", "Household business"),
        ],
        Counters = [new CatalogCounter(1, "Quầy 1", ["HT", "CT"])],
        Procedures =
        [
            new CatalogProcedure { Code = "1.001193", Name = "Đăng ký khai sinh", English = "birth registration", Service = "HT", TimeLimit = "trong ngày", Fee = "miễn phí", Papers = ["Tờ khai", "Giấy chứng sinh"] },
            .. MoreOfHT.Select((name, index) => new CatalogProcedure
            {
                Code = $"2.00{index}", Name = "Đăng ký " + name, English = "registration", Service = "HT", TimeLimit = "trong ngày; ≤5 ngày làm việc nếu xác minh", Fee = "miễn phí", Papers = ["Tờ khai"],
            }),
        ],
        Officers = [],
    };

    /// <summary>Says how many wait for <c>HT</c>, from now on.</summary>
    public void Publish(int waitingNow)
    {
        waiting = waitingNow;
        Publish();
    }

    /// <summary>From now on the counters of <c>HT</c> and <c>CT</c>, and of every ticket, are so; null is a hub that does not say how they are.</summary>
    public void Staff(string? state)
    {
        counterState = state;
        Publish();
    }

    public void Publish() => link.TryPublish(Topics.Hall, ProtocolJson.Write(new HallDocument
    {
        Site = new SiteDocument("H55.242", "Trung tâm Phục vụ hành chính công phường Mỏ Chè"),
        Day = new DateOnly(2026, 11, 23),
        At = TimeProvider.System.GetUtcNow(),
        Version = 1,
        Services =
        [
            new HallService { Code = "HT", Waiting = waiting, EstimatedWaitSeconds = 540, Open = true, CounterState = counterState },
            new HallService { Code = "CT", Waiting = 0, EstimatedWaitSeconds = 0, Open = true, CounterState = counterState },
            new HallService { Code = "XH", Waiting = 14, EstimatedWaitSeconds = 9000, Open = true },
            new HallService { Code = "KD", Waiting = 0, Open = false, ClosedReason = "quota", OpensAt = new DateTimeOffset(2026, 11, 24, 7, 30, 0, TimeSpan.FromHours(7)) },
        ],
        Counters = [],
        Calls = [],
    }), retained: true);

    public async ValueTask DisposeAsync()
    {
        await dying.CancelAsync();
        await living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await link.DisposeAsync();
        await reading;
        dying.Dispose();
        await http.DisposeAsync();
    }

    // A hub is away once it has said nothing for 30 s.
    private async Task LiveAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(dying.Token))
        {
            Publish();
        }
    }

    private async Task ReadAsync()
    {
        await foreach (var message in link.Messages.ReadAllAsync())
        {
            if (ProtocolJson.Read<Report>(message.Payload.Span) is not { } report)
            {
                continue;
            }

            reports.Enqueue(report);
            if (mode != "silent")
            {
                link.TryPublish(Topics.Answer(Kiosk), answers.GetOrAdd(report.Id, _ => ProtocolJson.Write(Decide(report))));
            }
        }
    }

    private Answer Decide(Report report)
    {
        if (report.Type != ReportTypes.TicketRequest)
        {
            return new Answer { Report = report.Id, Stored = true, Data = JsonSerializer.SerializeToElement(new { }) };
        }

        if (mode != "answer")
        {
            return new Answer { Report = report.Id, Stored = false, Error = new AnswerError(mode, "refused by the test") };
        }

        var service = report.Data.GetProperty("service").GetString()!;
        var prefix = Catalog().Services.Single(one => one.Code == service).Prefix;
        var ticket = Ticket($"{prefix}{Interlocked.Increment(ref issued):D3}", service, report.Data.GetProperty("lane").GetString()!) with
        {
            Link = "http://127.0.0.1:8080/t/k3v9q2m7x4c8w1z5",
            CounterState = counterState,
            Services = report.Data.TryGetProperty("services", out var further) ? [.. further.EnumerateArray().Select(code => code.GetString()!)] : [],
        };
        return new Answer { Report = report.Id, Stored = true, Data = JsonSerializer.SerializeToElement(ticket, ProtocolJson.Options) };
    }
}
