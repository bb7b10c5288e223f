using System.Net;
using Microsoft.Extensions.Logging;
using Reception.Hub.Options;
using Reception.Protocol;

namespace Reception.Hub.Province;

/// <summary>
/// Tells the province every 60 s how the hall does. It is kept by nobody and never sent again; over a connection and with a token of its own, so that it
/// never delays a batch.
/// </summary>
internal sealed class Heartbeat(ProvinceOptions options, ReadHeartbeat read, TimeProvider time, ILogger<Heartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    // A province that knows no heartbeats may learn of them.
    private static readonly TimeSpan Unwanted = TimeSpan.FromDays(1);

    private readonly Exchange _exchange = new(time);
    private bool _isBroken;

    public override void Dispose()
    {
        _exchange.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.IsOn)
        {
            return;
        }

        var line = new ProvinceLine(options, _exchange, time);
        var pause = Interval;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, time, stoppingToken);
                var started = time.GetTimestamp();
                var answer = await line.PostHeartbeatAsync(ProtocolJson.Write(read()), stoppingToken);
                var left = Interval - time.GetElapsedTime(started);
                pause = (HttpStatusCode)answer.Status is HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType ? Unwanted
                    : left > TimeSpan.Zero ? left : TimeSpan.Zero;
                _isBroken = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken)
            {
                if (!_isBroken)
                {
                    logger.LogWarning(ProvinceEvents.NoHeartbeat, broken, "No heartbeat is sent; the next one is tried in {Seconds:0} s", Interval.TotalSeconds);
                }

                (_isBroken, pause) = (true, Interval);
            }
        }
    }
}

/// <summary>Reads how the hall does now.</summary>
internal delegate HeartbeatDocument ReadHeartbeat();

/// <summary>A heartbeat as section 5 of the wire contracts says.</summary>
/// <param name="Journal">The journal's own id.</param>
/// <param name="Site">The hall's code.</param>
/// <param name="Cursor">The newest journal sequence that is acknowledged, parked or not meant for the province.</param>
/// <param name="Backlog">Rows of the journal after the cursor.</param>
/// <param name="Parked">Events that the province refused.</param>
/// <param name="Waiting">How many wait, by service.</param>
/// <param name="OpenCounters">How many counters are open.</param>
internal sealed record HeartbeatDocument(
    Guid Journal,
    string Site,
    DateTimeOffset At,
    string Software,
    long Cursor,
    long Backlog,
    int Parked,
    IReadOnlyDictionary<string, int> Waiting,
    int OpenCounters,
    IReadOnlyList<HeartbeatFault> Faults,
    long DiskFreeMb);

/// <summary>A fault of the device list.</summary>
internal sealed record HeartbeatFault(string Device, string Code);
