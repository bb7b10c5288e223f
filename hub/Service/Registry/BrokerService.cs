using System.Text.Json;
using System.Threading.Channels;
using Reception.Hall;
using Reception.Hub.Broker;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>Takes what devices send, has it decided, and answers after the commit.</summary>
internal sealed partial class BrokerService(
    IDeviceLink link, BrokerPost post, Reports reports, DeviceHealth health, DeskState desks, JournalWriter journal, HallBoard board,
    SetupBook book, TimeProvider clock, ILogger<BrokerService> log) : BackgroundService
{
    private readonly Channel<Func<Task>> _owed = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(TakeAsync(stoppingToken), AnswerInOrderAsync(stoppingToken));

    private async Task TakeAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in link.Messages.ReadAllAsync(stoppingToken))
        {
            // A device that was revoked since gets no answer.
            if (!book.Current.Devices.TryGetValue(message.Device, out var device))
            {
                continue;
            }

            try
            {
                if (message.IsPresence)
                {
                    Present(device, message.Payload);
                }
                else
                {
                    Take(device, message.Payload);
                }
            }
            catch (Exception exception)
            {
                // One device's message must not end the hub, which would find it again after each restart.
                LogFailed(exception, message.Device);
            }
        }
    }

    private void Present(Device device, ReadOnlyMemory<byte> payload)
    {
        if (ProtocolJson.Read<Presence>(payload.Span) is not { } presence)
        {
            Refused(device, "malformed presence");
        }
        else if (health.Present(device.Id, presence))
        {
            desks.SendTo(device);
        }
    }

    private void Take(Device device, ReadOnlyMemory<byte> payload)
    {
        var sent = SentId.Read(payload.Span);
        if (payload.Length > MessageLimits.MaximumBytes)
        {
            Refuse(device, sent, new Refusal(
                "too-large", "Bản tin dài hơn 16 KiB.", $"The message is longer than {MessageLimits.MaximumBytes} bytes."));
            return;
        }

        if (ProtocolJson.Read<Report>(payload.Span) is not { Sequence: >= 0, Type: not null } report || sent?.Is(report.Id) != true)
        {
            Refuse(device, sent, Reports.MalformedRefusal("id, sequence, at, type, data"));
            return;
        }

        var now = clock.GetUtcNow();
        health.Reported(device.Id, report.Sequence);
        health.ClockRead(device.Id, report.At, now);
        var reading = reports.Read(device, report, board.Current.State, now);
        if (reading.Refusal is { } refusal)
        {
            Refuse(device, sent, refusal);
            return;
        }

        // Not awaited here: the reports that follow join the same commit.
        var told = journal.SubmitAsync(reading.Command!, new RepeatKey(device.Id, report.Id.ToString(), null)).AsTask();
        _owed.Writer.TryWrite(AnswerAsync);

        async Task AnswerAsync() => post.Answer(device.Id, await told is { IsRefusal: true } refused
            ? new Answer { Report = report.Id, Stored = false, Error = Problem.ErrorOf(refused) }
            : new Answer { Report = report.Id, Stored = true, Data = JsonSerializer.Deserialize<JsonElement>((await told).Body) });
    }

    /// <summary>Answers in the order in which the reports came.</summary>
    private async Task AnswerInOrderAsync(CancellationToken stopping)
    {
        await foreach (var answer in _owed.Reader.ReadAllAsync(stopping))
        {
            await AnswerOneAsync(answer);
        }
    }

    private static async Task AnswerOneAsync(Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (NotCommittedException)
        {
            // The writer has logged it. No answer: the device keeps its report and sends it again.
        }
    }

    private void Refuse(Device device, SentId? report, Refusal refusal)
    {
        Refused(device, refusal.English);
        if (report is not null)
        {
            _owed.Writer.TryWrite(() =>
            {
                post.Refuse(device.Id, report, refusal);
                return Task.CompletedTask;
            });
        }
    }

    private void Refused(Device device, string why)
    {
        if (health.Bad(device.Id))
        {
            LogRefused(device.Id, why);
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Device {Device}: a message was not used: {Why}")]
    private partial void LogRefused(string device, string why);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "A message of {Device} failed and is left unanswered")]
    private partial void LogFailed(Exception exception, string device);
}
