using System.Text.Json;
using System.Threading.Channels;
using Reception.Hall;
using Reception.Hub.Broker;
using Reception.Hub.Journal;
using Reception.Hub.Metrics;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>Takes what devices send, has it decided, and answers after the commit.</summary>
internal sealed partial class BrokerService(
    IDeviceLink link, BrokerPost post, Reports reports, DeviceHealth health, CounterDevices counters, JournalWriter journal,
    SetupBook book, HubMeter meter, ILogger<BrokerService> log) : BackgroundService
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
                    Present(device, message);
                }
                else
                {
                    Take(device, message);
                }
            }
            catch (Exception exception)
            {
                // One device's message must not end the hub, which would find it again after each restart.
                LogFailed(exception, message.Device);
            }
        }
    }

    private void Present(Device device, DeviceMessage message)
    {
        if (ProtocolJson.Read<Presence>(message.Payload.Span) is not { } presence || presence.SerialPorts?.Any(port => port is null) == true)
        {
            Refused(device, "malformed presence");
            return;
        }

        var (isNew, boot) = health.Present(message, presence);
        if (boot is { } started)
        {
            _owed.Writer.TryWrite(async () => await journal.ExecuteAsync(new KeepBoot(device.Id, started)));
        }

        if (isNew && presence.Counter != device.Counter)
        {
            counters.Assign(device);
        }
        else if (isNew)
        {
            counters.SendTo(device);
        }
    }

    private void Take(Device device, DeviceMessage message)
    {
        var payload = message.Payload;
        var sent = SentId.Read(payload.Span);
        if (payload.Length > MessageLimits.MaximumBytes)
        {
            Refuse(device, sent, new Refusal(
                "too-large", "Bản tin dài hơn 16 KiB.", $"The message is longer than {MessageLimits.MaximumBytes} bytes."));
            return;
        }

        if (ProtocolJson.Read<Report>(payload.Span) is not { Sequence: >= 0, Type: not null, AgeMs: null or >= 0 } report || sent?.Is(report.Id) != true)
        {
            Refuse(device, sent, Reports.Malformed("id, sequence, at, ageMs, type, data"));
            return;
        }

        health.Reported(device.Id, report.Sequence);
        var read = reports.Read(device, report, health.TimeOf(message, report, journal.FailedAt));
        if (read.Refusal is { } refusal)
        {
            Refuse(device, sent, refusal);
            return;
        }

        // Not awaited here: the reports that follow join the same commit.
        var answer = read.Value.ExecuteAsync(journal, device.Id, report.Id).AsTask();
        _owed.Writer.TryWrite(async () => post.Answer(device.Id, (await answer).Body));
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
        meter.Refusal(HubMeter.NoCommand, refusal.Code);
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
        if (health.Add(device.Id))
        {
            LogRefused(device.Id, why);
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Device {Device}: a message was not used: {Why}")]
    private partial void LogRefused(string device, string why);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "A message of {Device} failed and is left unanswered")]
    private partial void LogFailed(Exception exception, string device);
}
