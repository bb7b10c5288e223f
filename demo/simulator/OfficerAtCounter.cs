using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Reception.Hall;
using Reception.Hall.Simulation;
using Reception.Protocol;

namespace Reception.Simulator;

/// <summary>
/// Signs in, calls, serves and finishes, for ever. Where a person works at the counter by hand it steps back, and comes back after
/// five quiet minutes; it never signs a person out.
/// </summary>
internal sealed class OfficerAtCounter(
    SimulatedHall hall, WardCounter counter, string officer, int seed, Devices devices, TimeProvider time, ILoggerFactory logs)
{
    private static readonly TimeSpan StepBack = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>How long the published hall may lag behind an act.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);

    private readonly ILogger _log = logs.CreateLogger<OfficerAtCounter>();
    private readonly SimulatedCounter _counter = new(hall.Ward, counter, seed);

    public async Task RunAsync(CancellationToken cancel)
    {
        using var client = new CounterClient(hall.Hub, counter.Number, officer);
        while (true)
        {
            try
            {
                await HallSeen.WaitAsync(devices, time, cancel);
                if (!MayTakeCounter() || !await client.SignInAsync(cancel))
                {
                    await Task.Delay(Retry, time, cancel);
                    continue;
                }

                _log.LogInformation(SimulatorEvents.SignedIn, "{Officer} is at counter {Counter}", officer, counter.Number);
                await EndLeftoverAsync(client, cancel);
                while (true)
                {
                    await ServeNextAsync(client, cancel);
                }
            }
            catch (CounterTakenException taken)
            {
                _log.LogInformation(SimulatorEvents.SteppedBack, "{Officer} steps back from counter {Counter}: {Reason}", officer, counter.Number, taken.Message);
                await QuietAsync(cancel);
            }
            catch (Exception problem) when (!cancel.IsCancellationRequested && problem is HttpRequestException or SocketException or TaskCanceledException)
            {
                _log.LogWarning(SimulatorEvents.HubUnreached, "{Officer} at counter {Counter} does not reach the hub: {Reason}", officer, counter.Number, problem.Message);
                await Task.Delay(Retry, time, cancel);
            }
        }
    }

    private HallCounter? Here => devices.Hall?.Counters.FirstOrDefault(one => one.Number == counter.Number);

    private bool MayTakeCounter() =>
        devices.Hall is { } now && now.Counters.All(one => one.Number == counter.Number ? one.Officer is null || one.Officer == officer : one.Officer != officer);

    /// <summary>A ticket that an earlier run of the simulation left in hand.</summary>
    private async Task EndLeftoverAsync(CounterClient client, CancellationToken cancel)
    {
        if (Here is { Calling: not null } or { Serving: not null })
        {
            await client.CallAsync("finish", null, cancel);
        }

        if (Here is { State: "paused" })
        {
            await client.CallAsync("resume", null, cancel);
        }
    }

    private async Task ServeNextAsync(CounterClient client, CancellationToken cancel)
    {
        while (Here is not { Waiting: > 0 })
        {
            await Task.Delay(HallSeen.Glance, time, cancel);
        }

        if ((await client.CallAsync("call-next", null, cancel))?.Ticket is not { } ticket)
        {
            await Task.Delay(HallSeen.Glance, time, cancel);
            return;
        }

        var (visit, opinion) = _counter.Next(ticket.Service, (ticket.CalledAt ?? ticket.IssuedAt) - ticket.IssuedAt);
        await InHandAsync(ticket.Number, visit.Walk, cancel);
        if (visit.Comes)
        {
            await ServeAsync(client, ticket, visit, opinion, cancel);
        }
        else
        {
            await client.CallAsync("recall", null, cancel);
            await InHandAsync(ticket.Number, visit.Walk, cancel);
            await client.CallAsync("no-show", null, cancel);
        }

        await Task.Delay(visit.Breath, time, cancel);
        if (visit.Break is { } rest)
        {
            await client.CallAsync("pause", null, cancel);
            await Task.Delay(rest, time, cancel);
            await client.CallAsync("resume", null, cancel);
        }
    }

    private async Task ServeAsync(CounterClient client, TicketDocument ticket, Visit visit, Opinion? opinion, CancellationToken cancel)
    {
        await client.CallAsync("start", null, cancel);
        await InHandAsync(ticket.Number, visit.Service, cancel);
        if (visit.TransferTo is { } service)
        {
            await client.CallAsync("transfer", new { service }, cancel);
            return;
        }

        // Who has a further errand is asked after the last one.
        if (opinion is not null && ticket.Services.Count == 0)
        {
            devices.Expect(ticket.Id, opinion);
        }

        await client.CallAsync("finish", new { outcome = visit.Outcome.Code() }, cancel);
    }

    /// <summary>Lets time pass as long as the ticket stays in hand; a person who acts on it takes the counter over.</summary>
    private async Task InHandAsync(string number, TimeSpan span, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var seen = started;
        while (span - time.GetElapsedTime(started) is { Ticks: > 0 } left)
        {
            await Task.Delay(left < HallSeen.Glance ? left : HallSeen.Glance, time, cancel);
            if (Here is not { } here || here.Calling == number || here.Serving == number)
            {
                seen = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(seen) > Lag)
            {
                throw new CounterTakenException($"{number} is no longer in hand");
            }
        }
    }

    private async Task QuietAsync(CancellationToken cancel)
    {
        var since = time.GetTimestamp();
        var before = Here;
        while (time.GetElapsedTime(since) < StepBack)
        {
            await Task.Delay(HallSeen.Glance, time, cancel);
            var now = Here;
            if (now?.Calling != before?.Calling || now?.Serving != before?.Serving || now?.State != before?.State || now?.Officer != before?.Officer)
            {
                (since, before) = (time.GetTimestamp(), now);
            }
        }
    }
}
