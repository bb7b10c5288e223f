using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reception.Hub.Broker;
using Reception.Hub.Devices;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Site;
using Reception.Protocol;
using HallDevice = Reception.Hub.Site.Device;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// The hub's side of the wire contracts as one device sees it, in this process: the product's own broker, the catalogue, the hall, and
/// answers that a test holds back or refuses.
/// </summary>
internal sealed class FakeHub : IAsyncDisposable
{
    public const string Kiosk = "kiosk-1";
    public const string Rater = "rater-1";
    public const string Desk = "desk-1";

    private const string Answering = "answer";
    private const string Silent = "silent";

    // As many as a page has no room for.
    private static readonly string[] MoreOfHT = ["kết hôn", "khai tử", "nhận cha, mẹ, con", "lại khai sinh"];

    private readonly string _device;
    private readonly SetupBook _book = new();
    private readonly ConcurrentQueue<Report> _arrivals = new();
    private readonly ConcurrentQueue<Presence> _presences = new();
    private readonly ConcurrentDictionary<Guid, Answer> _answers = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _publishing;
    private volatile Running? _running;
    private volatile Func<HallDocument>? _hall;
    private volatile string _mode = Answering;
    private volatile bool _withholdsNames;
    private volatile int _waiting = 3;
    private volatile string? _counterState;
    private int _issued;

    private FakeHub(string device)
    {
        _device = device;
        Broker = new BrokerAccess(FreePort.Next(), $"{device}-secret");
        _book.Publish(new HallSetup(
            HallFile.Parse(Encoding.UTF8.GetBytes(HallPlan.Json(1))),
            demonstration: false,
            ImmutableDictionary<string, string>.Empty,
            ImmutableSortedDictionary<string, HallDevice>.Empty.Add(
                device, new HallDevice(device, KindOf(device), device == Kiosk ? null : 1, Secrets.Hash(Broker.Secret))),
            SiteRules.OfFile));
        _publishing = PublishAgainAsync();
    }

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>How the device finds the broker.</summary>
    public BrokerAccess Broker { get; }

    /// <summary>Every report that came, repeats too.</summary>
    public IReadOnlyList<Report> Arrivals => [.. _arrivals];

    /// <summary>The different reports, in the order of their first arrival.</summary>
    public IReadOnlyList<Report> Reports => [.. _arrivals.DistinctBy(report => report.Id)];

    public IReadOnlyList<Presence> Presences => [.. _presences];

    /// <summary>Starts a hub that hears and answers one device.</summary>
    public static async Task<FakeHub> StartAsync(string device)
    {
        var hub = new FakeHub(device);
        if (device == Kiosk)
        {
            hub._hall = hub.HallOfServices;
        }

        await hub.StartAgainAsync();
        return hub;
    }

    /// <summary>Goes away, as a hub does that is killed.</summary>
    public async Task KillAsync()
    {
        if (_running is { } running)
        {
            _running = null;
            await running.DisposeAsync();
        }
    }

    /// <summary>Comes back at the same ports.</summary>
    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(Address.Port);
            kestrel.ListenMqtt(new MqttOptions { Port = Broker.Port, Tls = null });
        });
        builder.Services
            .AddSingleton(_book)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<DeviceHealth>()
            .AddSingleton<IBadMessages>(provider => provider.GetRequiredService<DeviceHealth>())
            .AddSingleton<RejectionLog>()
            .AddSingleton<BrokerListener>()
            .AddSingleton<BrokerConnections>()
            .AddSingleton<DeviceBroker>()
            .AddHostedService(services => services.GetRequiredService<DeviceBroker>());
        var app = builder.Build();
        app.MapGet("/api/v1/catalog", (HttpContext context) =>
        {
            context.Response.Headers.ETag = "\"1\"";
            return _withholdsNames
                ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
                : Results.Bytes(ProtocolJson.Write(Catalog()), "application/json");
        });
        await app.StartAsync();
        var broker = app.Services.GetRequiredService<DeviceBroker>();
        _running = new Running(app, broker, ReadAsync(broker));
        Publish();
    }

    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAgainAsync();
    }

    /// <summary>The different reports of a type, in the order of their first arrival.</summary>
    public IReadOnlyList<Report> Told(string type) => [.. Reports.Where(report => report.Type == type)];

    /// <summary>The ticket that a request was answered with, or null.</summary>
    public Guid? TicketOf(Guid request) =>
        _answers.TryGetValue(request, out var answer) && answer.Data is { } data && data.TryGetProperty("number", out _) ? data.GetProperty("id").GetGuid() : null;

    /// <summary>From now on nothing is answered: the hub is there and can't commit.</summary>
    public void FallSilent() => _mode = Silent;

    /// <summary>From now on everything is answered; what waits is sent again by the device.</summary>
    public void Answer() => _mode = Answering;

    /// <summary>From now on reports are refused with the code; a kiosk's facts are stored all the same.</summary>
    public void Refuse(string code) => _mode = code;

    /// <summary>From now on, or no longer, the catalogue can't be had.</summary>
    public void WithholdNames(bool withheld = true) => _withholdsNames = withheld;

    public Command Command(string type, object data)
    {
        var command = new Command { Id = Guid.CreateVersion7(), At = TimeProvider.System.GetUtcNow(), Type = type, Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options) };
        Send(command);
        return command;
    }

    public void Send(Command command) => Publish(Topics.Command(_device), command);

    /// <summary>Orders a copy of a ticket's slip.</summary>
    public void OrderCopy(TicketDocument ticket)
    {
        var data = JsonSerializer.SerializeToNode(ticket, ProtocolJson.Options)!.AsObject();
        data["copy"] = true;
        Command(CommandTypes.TicketPrint, data);
    }

    /// <summary>Says how many wait for <c>HT</c>, from now on.</summary>
    public void Publish(int waiting)
    {
        _waiting = waiting;
        Publish();
    }

    /// <summary>From now on the counters of <c>HT</c> and <c>CT</c>, and of every ticket, are so; null is a hub that does not say how they are.</summary>
    public void Staff(string? state)
    {
        _counterState = state;
        Publish();
    }

    /// <summary>Says what counter 1 does, from now on.</summary>
    public void Show(string? serving, string? calling = null, string state = "open")
    {
        _hall = () => Hall([], [new HallCounter { Number = 1, State = state, Serving = serving, Calling = calling, Officer = "cb01", Waiting = 0 }]);
        Publish();
    }

    /// <summary>Says the hall again.</summary>
    public void Publish()
    {
        if (_hall is { } hall)
        {
            Publish(Topics.Hall, hall(), retained: true);
        }
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
        Officers = [new CatalogOfficer("cb01", "Nguyễn Thị Thuỳ Trang", "Công chức tư pháp – hộ tịch", null)],
    };

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await KillAsync();
        _ending.Dispose();
    }

    private static string KindOf(string device) => device switch
    {
        Kiosk => DeviceKinds.Kiosk,
        Rater => DeviceKinds.Rater,
        _ => DeviceKinds.CounterAgent,
    };

    private static HallDocument Hall(IReadOnlyList<HallService> services, IReadOnlyList<HallCounter> counters) => new()
    {
        Site = new SiteDocument("H55.242", "Trung tâm Phục vụ hành chính công phường Mỏ Chè"),
        Day = new DateOnly(2026, 11, 23),
        At = TimeProvider.System.GetUtcNow(),
        Version = 1,
        Services = [.. services],
        Counters = [.. counters],
        Calls = [],
    };

    private HallDocument HallOfServices() => Hall(
        [
            new HallService { Code = "HT", Waiting = _waiting, EstimatedWaitSeconds = 540, Open = true, CounterState = _counterState },
            new HallService { Code = "CT", Waiting = 0, EstimatedWaitSeconds = 0, Open = true, CounterState = _counterState },
            new HallService { Code = "XH", Waiting = 14, EstimatedWaitSeconds = 9000, Open = true },
            new HallService { Code = "KD", Waiting = 0, Open = false, ClosedReason = "quota", OpensAt = new DateTimeOffset(2026, 11, 24, 7, 30, 0, TimeSpan.FromHours(7)) },
        ],
        []);

    private void Publish<T>(string topic, T message, bool retained = false) => _running?.Broker.Publish(topic, ProtocolJson.Write(message), retained);

    // A hub is away once it has said nothing for 30 s.
    private async Task PublishAgainAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(_ending.Token))
        {
            Publish();
        }
    }

    private async Task ReadAsync(DeviceBroker broker)
    {
        await foreach (var message in broker.Messages.ReadAllAsync(_ending.Token))
        {
            if (message.IsPresence)
            {
                _presences.Enqueue(ProtocolJson.Read<Presence>(message.Payload.Span)!);
            }
            else if (ProtocolJson.Read<Report>(message.Payload.Span) is { } report)
            {
                _arrivals.Enqueue(report);
                if (_mode != Silent)
                {
                    broker.Publish(Topics.Answer(_device), ProtocolJson.Write(Decide(report)));
                }
            }
        }
    }

    private Answer Decide(Report report)
    {
        var isFact = _device == Kiosk && report.Type != ReportTypes.TicketRequest;
        return !_answers.ContainsKey(report.Id) && _mode is var code && code != Answering && !isFact
            ? new Answer { Report = report.Id, Stored = false, Error = new AnswerError(code, "Refused by the test.") }
            : _answers.GetOrAdd(report.Id, _ => Store(report));
    }

    private Answer Store(Report report)
    {
        if (report.Type != ReportTypes.TicketRequest)
        {
            return new Answer { Report = report.Id, Stored = true, Data = JsonSerializer.SerializeToElement(new { }) };
        }

        var service = report.Data.GetProperty("service").GetString()!;
        var prefix = Catalog().Services.Single(one => one.Code == service).Prefix;
        var ticket = Ticket($"{prefix}{Interlocked.Increment(ref _issued):D3}", service, report.Data.GetProperty("lane").GetString()!) with
        {
            Link = "http://127.0.0.1:8080/t/k3v9q2m7x4c8w1z5",
            CounterState = _counterState,
            Services = report.Data.TryGetProperty("services", out var further) ? [.. further.EnumerateArray().Select(code => code.GetString()!)] : [],
        };
        return new Answer { Report = report.Id, Stored = true, Data = JsonSerializer.SerializeToElement(ticket, ProtocolJson.Options) };
    }

    private sealed record Running(WebApplication App, DeviceBroker Broker, Task Reading) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await App.StopAsync();
            await App.DisposeAsync();
        }
    }
}
