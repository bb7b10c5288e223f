using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hall.Tests.Parts;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Rater;

/// <summary>The hub's side of the wire contracts, as far as a rater or a desk at counter 1 sees it.</summary>
internal sealed class RaterHub : IAsyncDisposable
{
    public const string Rater = "rater-1";

    private readonly MqttLink _link;
    private readonly WebApplication _http;
    private readonly Task _reading;
    private readonly ConcurrentQueue<Report> _reports = new();
    private readonly ConcurrentQueue<Presence> _presences = new();

    private readonly string _device;

    private RaterHub(string device, MqttLink link, WebApplication http)
    {
        _device = device;
        _link = link;
        _http = http;
        _reading = Task.Run(ReadAsync);
    }

    public Uri Address => new(_http.Urls.First());

    /// <summary>Whether reports are answered.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>The code by which reports are refused; null where they are stored.</summary>
    public string? Refusal { get; set; }

    /// <summary>Every report that came, repeats too.</summary>
    public IReadOnlyList<Report> Arrivals => [.. _reports];

    /// <summary>The different reports, in the order of their first arrival.</summary>
    public IReadOnlyList<Report> Reports => [.. _reports.DistinctBy(report => report.Id)];

    public IReadOnlyList<Presence> Presences => [.. _presences];

    /// <summary>Starts a hub that hears and answers one device.</summary>
    public static async Task<RaterHub> StartAsync(MosquittoBroker broker, string device = Rater)
    {
        var link = new MqttLink(broker.Options("hub", Topics.EveryReport, Topics.EveryPresence), TimeProvider.System, NullLogger<MqttLink>.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var http = builder.Build();
        http.Urls.Add($"http://127.0.0.1:{FreePort.Next()}");
        http.MapGet("/api/v1/catalog", (HttpContext context) =>
        {
            context.Response.Headers.ETag = "\"1\"";
            return Results.Bytes(ProtocolJson.Write(Catalog), "application/json");
        });
        await http.StartAsync();
        var hub = new RaterHub(device, link, http);
        link.Start();
        await Eventually.TrueAsync(() => link.IsConnected, () => "no link");
        return hub;
    }

    /// <summary>Publishes the hall with what counter 1 does.</summary>
    public void Show(string? serving, string? calling = null, string state = "open") => _link.TryPublish(Topics.Hall, ProtocolJson.Write(new HallDocument
    {
        Site = new SiteDocument("H55.242", "Một cửa"),
        Day = new DateOnly(2026, 11, 23),
        At = TimeProvider.System.GetUtcNow(),
        Version = 1,
        Services = [],
        Counters = [new HallCounter { Number = 1, State = state, Serving = serving, Calling = calling, Officer = "cb01", Waiting = 0 }],
        Calls = [],
    }), retained: true);

    public Command Command(string type, object data)
    {
        var command = new Command { Id = Guid.CreateVersion7(), At = TimeProvider.System.GetUtcNow(), Type = type, Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options) };
        Send(command);
        return command;
    }

    public void Send(Command command) => _link.TryPublish(Topics.Command(_device), ProtocolJson.Write(command));

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _reading;
        await _http.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        await foreach (var message in _link.Messages.ReadAllAsync())
        {
            if (message.Topic == Topics.Presence(_device))
            {
                _presences.Enqueue(ProtocolJson.Read<Presence>(message.Payload.Span)!);
            }
            else if (ProtocolJson.Read<Report>(message.Payload.Span) is { } report)
            {
                _reports.Enqueue(report);
                if (Answers)
                {
                    _link.TryPublish(Topics.Answer(_device), ProtocolJson.Write(Refusal is { } code
                        ? new Answer { Report = report.Id, Stored = false, Error = new AnswerError(code, "Chưa được.") }
                        : new Answer { Report = report.Id, Stored = true, Data = JsonSerializer.SerializeToElement(new { }) }));
                }
            }
        }
    }

    private static CatalogDocument Catalog { get; } = new()
    {
        Site = new CatalogSite("H55.242", "Trung tâm Phục vụ hành chính công phường Mỏ Chè", "Một cửa phường Mỏ Chè", "Thái Nguyên", "Asia/Ho_Chi_Minh"),
        Services = [new CatalogService("HT", "A", "Hộ tịch", "Civil status")],
        Counters = [new CatalogCounter(1, "Quầy 1", [])],
        Procedures = [],
        Officers = [new CatalogOfficer("cb01", "Nguyễn Thị Thuỳ Trang", "Công chức tư pháp – hộ tịch", null)],
    };
}
