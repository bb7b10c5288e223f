using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Parts;

/// <summary>A device at the broker: it says what a test wants it to say, and keeps all it hears.</summary>
internal sealed class TestDevice : IAsyncDisposable
{
    private readonly MqttLink link;
    private readonly Task hearing;
    private readonly ConcurrentQueue<DeviceAnswer> answers = new();
    private readonly ConcurrentQueue<Command> commands = new();
    private readonly ConcurrentQueue<MqttMessage> halls = new();
    private readonly ConcurrentQueue<MqttMessage> others = new();
    private readonly TimeProvider clock = TimeProvider.System;
    private long sequence;
    private volatile bool isDisposed;

    private TestDevice(string id, MqttLink link)
    {
        (Id, this.link) = (id, link);
        hearing = HearAsync();
    }

    public string Id { get; }

    public Guid Session { get; set; } = Guid.CreateVersion7();

    public bool IsConnected => link.IsConnected;

    public bool IsConnectedOrDisposed => isDisposed || link.IsConnected;

    public IReadOnlyCollection<DeviceAnswer> Answers => answers;

    public IReadOnlyCollection<Command> Commands => commands;

    /// <summary>Every version of the public hall that came, oldest first.</summary>
    public IReadOnlyCollection<MqttMessage> Halls => halls;

    /// <summary>What came on any other topic.</summary>
    public IReadOnlyCollection<MqttMessage> Others => others;

    public static async Task<TestDevice> ConnectAsync(MqttLinkOptions options)
    {
        var device = new TestDevice(options.User, new MqttLink(options, TimeProvider.System, NullLogger<MqttLink>.Instance));
        device.link.Start();
        await Eventually.TrueAsync(() => device.link.IsConnected, () => $"{options.User} is not connected");
        return device;
    }

    public void SendRaw(string topic, byte[] payload, bool retained = false) =>
        Assert.True(link.TryPublish(topic, payload, retained), $"{Id} has no link");

    /// <summary>Sends a report; gives its id.</summary>
    public Guid Send(string type, object data, Guid? id = null, DateTimeOffset? at = null, long? number = null)
    {
        var report = id ?? Guid.CreateVersion7();
        SendRaw(Topics.Report(Id), ProtocolJson.Write(new
        {
            id = report,
            sequence = number ?? Interlocked.Increment(ref sequence),
            at = at ?? clock.GetUtcNow(),
            type,
            data,
        }));
        return report;
    }

    /// <summary>Sends a report and waits for its answer.</summary>
    public async Task<DeviceAnswer> AskAsync(string type, object data, Guid? id = null, DateTimeOffset? at = null)
    {
        var before = answers.Count;
        var report = Send(type, data, id, at);
        return await AnswerAsync(report, before);
    }

    /// <summary>Sends a payload as a report and waits for the answer that names an id.</summary>
    public async Task<DeviceAnswer> AskRawAsync(Guid report, byte[] payload)
    {
        var before = answers.Count;
        SendRaw(Topics.Report(Id), payload);
        return await AnswerAsync(report, before);
    }

    /// <summary>Asks for a number and gives the ticket.</summary>
    public async Task<JsonElement> TakeNumberAsync(string service) =>
        (await AskAsync(ReportTypes.TicketRequest, new { service, lane = "normal" })).Ok();

    public void SendPresence(bool online = true, Guid? session = null, string? kind = null, int? counter = null, bool retained = true) =>
        SendRaw(Topics.Presence(Id), ProtocolJson.Write(new
        {
            online,
            kind = kind ?? (Id.StartsWith("rater", StringComparison.Ordinal) ? DeviceKinds.Rater
                : Id.StartsWith("desk", StringComparison.Ordinal) ? DeviceKinds.CounterAgent : DeviceKinds.Kiosk),
            session = session ?? Session,
            software = "1.2.3",
            counter = counter ?? (Id.Split('-') is ["rater" or "desk", var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : null),
            at = clock.GetUtcNow(),
        }), retained);

    /// <summary>Waits for the first command of a type that fits.</summary>
    public async Task<Command> CommandAsync(string type, Func<JsonElement, bool>? fits = null, TimeSpan? within = null)
    {
        await Eventually.TrueAsync(
            () => commands.Any(Fits), () => $"{Id} got the commands {string.Join(", ", commands.Select(command => $"{command.Type} {command.Data}"))}", within);
        return commands.First(Fits);

        bool Fits(Command command) => command.Type == type && (fits?.Invoke(command.Data) ?? true);
    }

    public async ValueTask DisposeAsync()
    {
        isDisposed = true;
        await link.DisposeAsync();
        await hearing;
    }

    /// <summary>Waits for the answer to a report among those that came after the first <paramref name="before"/>.</summary>
    public async Task<DeviceAnswer> AnswerAsync(Guid report, int before = 0)
    {
        await Eventually.TrueAsync(
            () => answers.Skip(before).Any(answer => answer.Report == report),
            () => $"{Id} got the answers {string.Join(", ", answers.Skip(before).Select(answer => answer.Text))}");
        return answers.Skip(before).First(answer => answer.Report == report);
    }

    private async Task HearAsync()
    {
        await foreach (var message in link.Messages.ReadAllAsync())
        {
            if (message.Topic == Topics.Answer(Id))
            {
                answers.Enqueue(new DeviceAnswer(message.Payload.ToArray()));
            }
            else if (message.Topic == Topics.Command(Id))
            {
                commands.Enqueue(ProtocolJson.Read<Command>(message.Payload.Span)!);
            }
            else if (message.Topic == Topics.Hall)
            {
                halls.Enqueue(message);
            }
            else
            {
                others.Enqueue(message);
            }
        }
    }
}

/// <summary>An answer as it came.</summary>
internal sealed record DeviceAnswer(byte[] Bytes)
{
    private readonly JsonElement json = JsonSerializer.Deserialize<JsonElement>(Bytes);

    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The report's id; empty where it is none of the contract's.</summary>
    public Guid Report => Guid.TryParseExact(ReportText.Trim('"'), "D", out var id) ? id : Guid.Empty;

    /// <summary>The report's id as JSON text.</summary>
    public string ReportText => json.GetProperty("report").GetRawText();

    public bool Stored => json.GetProperty("stored").GetBoolean();

    /// <summary>The refusal's code, or <c>stored</c>.</summary>
    public string Brief => Stored ? "stored" : json.GetProperty("error").GetProperty("code").GetString()!;

    /// <summary>The data, where it was stored.</summary>
    public JsonElement Ok()
    {
        Assert.True(Stored, Text);
        return json.GetProperty("data");
    }
}
