using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Reception.Protocol;

namespace Reception.Device.Reporting;

/// <summary>
/// Facts on their way to the hub: on the disk from <see cref="Keep"/> until the hub has answered, so that no kill or power cut
/// loses one. Oldest first, one unanswered at a time, sent again after 1 s doubling to 60 s (±20 %) and at every reconnect.
/// </summary>
public sealed class FactOutbox : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    // Erasing waits for the disk several times: it is not done between two presses.
    private static readonly TimeSpan QuietBeforeErasing = TimeSpan.FromSeconds(60);

    private const long LongAgo = long.MinValue;
    private const long Erased = long.MaxValue;

    private readonly DeviceStore _store;
    private readonly Func<byte[], bool> _send;
    private readonly TimeProvider _time;
    private readonly Random _chance;
    private readonly ILogger<FactOutbox> _log;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ITimer _timer;
    private volatile bool _linked;

    // When the last fact was removed. A run before this one may have ended before it erased.
    private long _removedAt = LongAgo;
    private int _connections;

    internal FactOutbox(DeviceStore store, Func<byte[], bool> send, TimeProvider time, DeviceClock clock, Random chance, ILogger<FactOutbox> log)
    {
        _store = store;
        _send = send;
        _time = time;
        Clock = clock;
        _chance = chance;
        _log = log;
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised when the hub has answered a fact, stored or refused for good; it is off the disk then.</summary>
    public event Action<Answer>? Answered;

    /// <summary>The clocks by which a fact says when it happened.</summary>
    public DeviceClock Clock { get; }

    /// <summary>How many facts are not answered yet.</summary>
    public int Waiting => _store.CountFacts();

    /// <summary>Writes a fact to the disk and sends it when its turn comes. When this returns, or the transaction around it, the fact survives a power cut.</summary>
    /// <param name="type">One of <see cref="ReportTypes"/>.</param>
    /// <param name="data">The report's data, written as JSON.</param>
    /// <param name="happened">When it happened; now where it is left out.</param>
    /// <param name="id">
    /// The report's id where the caller has kept one from before, so that a fact told again after a kill is the same fact; a new
    /// one where it is left out.
    /// </param>
    /// <exception cref="FactNotKeptException">The disk is full or broken: nothing was kept.</exception>
    /// <exception cref="ArgumentException">The report would be larger than 16 KiB.</exception>
    public Fact Keep<T>(string type, T data, Moment? happened = null, Guid? id = null)
    {
        var moment = happened ?? Clock.Now();
        var report = id ?? Guid.CreateVersion7(_time.GetUtcNow());
        ReportWriter.OnDisk(() =>
        {
            _store.AddFact(report, sequence => ReportWriter.Make(report, sequence, moment, type, data));
            return true;
        });
        Wake();
        return new Fact(report, moment.At);
    }

    /// <summary>Stops the timer.</summary>
    public void Dispose() => _timer.Dispose();

    internal void Linked(bool up)
    {
        if (up)
        {
            Interlocked.Increment(ref _connections);
        }

        _linked = up;
        Wake();
    }

    /// <summary>Ends the fact that this answers; an answer to anything else is ignored.</summary>
    internal void Take(Answer answer)
    {
        if (_store.RemoveFact(answer.Report) is not { Report: var report })
        {
            return;
        }

        Interlocked.Exchange(ref _removedAt, _time.GetTimestamp());
        if (!answer.Stored)
        {
            _log.LogWarning(DeviceEvents.FactRefused, "The hub refused {Type} {Report} for good: {Code}, {Message}", report.Type, report.Id, answer.Error?.Code, answer.Error?.Message);
        }

        Wake();
        Answered?.Invoke(answer);
    }

    internal async Task RunAsync(CancellationToken stop)
    {
        var sending = new Sending(Guid.Empty, 0, 0, 0);
        while (true)
        {
            try
            {
                sending = Send(sending);
            }
            catch (SqliteException fault)
            {
                _log.LogError(DeviceEvents.OutboxFailed, fault, "The outbox cannot be read; it is tried again");
                _timer.Change(FirstDelay, Timeout.InfiniteTimeSpan);
            }

            await _wake.Reader.ReadAsync(stop);
        }
    }

    /// <summary>Sends the oldest fact where it is its time, and sets the timer for the next.</summary>
    private Sending Send(Sending sending)
    {
        if (!_linked)
        {
            return sending;
        }

        if (_store.OldestFact() is not { } oldest)
        {
            EraseAnswered();
            return sending;
        }

        var connection = Volatile.Read(ref _connections);
        var now = _time.GetTimestamp();
        if (oldest.Report.Id != sending.Fact || connection != sending.Connection)
        {
            sending = new Sending(oldest.Report.Id, connection, 0, now);
        }

        if (now >= sending.Due)
        {
            _send(oldest.Message(Clock));
            var delay = Delay(sending.Times);
            sending = sending with { Times = sending.Times + 1, Due = now + (long)(delay.TotalSeconds * _time.TimestampFrequency) };
        }

        _timer.Change(_time.GetElapsedTime(now, sending.Due) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        return sending;
    }

    /// <summary>What the hub has stored is a citizen's rating, too: once nothing was delivered for a minute, nothing of it stays on the device.</summary>
    private void EraseAnswered()
    {
        var removedAt = Interlocked.Read(ref _removedAt);
        if (removedAt == Erased)
        {
            return;
        }

        var left = removedAt == LongAgo ? TimeSpan.Zero : QuietBeforeErasing - _time.GetElapsedTime(removedAt);
        if (left > TimeSpan.Zero)
        {
            _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            return;
        }

        try
        {
            _store.EraseRemoved();
            // An answer that came meanwhile is to be erased, too.
            Interlocked.CompareExchange(ref _removedAt, Erased, removedAt);
        }
        catch (SqliteException fault)
        {
            _log.LogWarning(DeviceEvents.NotErased, "Reports that were delivered can still be read on the disk, {Reason}; it is tried again", fault.Message);
            _timer.Change(LongestDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan Delay(int times)
    {
        var plain = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(times, 10)), LongestDelay.TotalSeconds);
        return TimeSpan.FromSeconds(plain * (0.8 + (0.4 * _chance.NextDouble())));
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>The fact in turn, since which connection, how often it was sent, and when it is next.</summary>
    private sealed record Sending(Guid Fact, int Connection, int Times, long Due);
}
