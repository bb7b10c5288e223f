using System.Text.Json;
using Microsoft.Extensions.Logging;
using Reception.Device.Reporting;
using Reception.Device.Session;
using Reception.Hall.Simulation;
using Reception.Protocol;

namespace Reception.Simulator;

/// <summary>Takes numbers at the bench kiosks as people arrive, and reports each slip as printed.</summary>
internal sealed class Citizens(SimulatedHall hall, int seed, Devices devices, TimeProvider time, ILoggerFactory logs)
{
    private readonly ILogger _log = logs.CreateLogger<Citizens>();

    public async Task RunAsync(CancellationToken cancel)
    {
        await HallSeen.WaitAsync(devices, time, cancel);
        var opened = time.GetTimestamp();
        var kiosk = 0;
        foreach (var arrival in Arrivals.Of(hall.Ward, seed))
        {
            if (arrival.At - time.GetElapsedTime(opened) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancel);
            }

            await TakeNumberAsync(devices.Kiosks[kiosk++ % devices.Kiosks.Count], arrival, cancel);
        }
    }

    private async Task TakeNumberAsync(DeviceSession kiosk, Arrival arrival, CancellationToken cancel)
    {
        var answer = await kiosk.Requests.AskAsync(
            ReportTypes.TicketRequest,
            new { service = arrival.Service, lane = arrival.Priority ? "priority" : "normal", services = arrival.Then is { } then ? [then] : Array.Empty<string>() },
            cancel);
        switch (answer)
        {
            case RequestResult.Answered answered:
                var ticket = answered.Data.Deserialize<TicketDocument>(ProtocolJson.Options)!;
                kiosk.Outbox.Keep(ReportTypes.TicketPrinted, new { ticket = ticket.Id, outcome = "printed" });
                break;
            case RequestResult.Refused refused:
                _log.LogInformation(SimulatorEvents.TicketRefused, "No number for {Service}: {Code}", arrival.Service, refused.Error.Code);
                break;
            default:
                _log.LogWarning(SimulatorEvents.TicketGivenUp, "No answer for {Service}; the request is withdrawn", arrival.Service);
                kiosk.Outbox.Keep(ReportTypes.TicketWithdraw, new { report = answer.Report });
                await HallSeen.WaitAsync(devices, time, cancel);
                break;
        }
    }
}
