
using Microsoft.Extensions.Logging;
using Reception.Hub.Journal;
using Reception.Hub.Options;

namespace Reception.Hub.Province;

/// <summary>
/// Sends the journal to the province, from its own cursor: one batch in flight, in order, again for ever. The journal is the
/// outbox; kept beside it are where the forwarder is, the bytes of what it composed, and the key of the batch in flight.
/// </summary>
internal sealed class Forwarder(
    ProvinceOptions options,
    ProvinceStore store,
    JournalPages journal,
    ProvinceLine line,
    RenderEvent render,
    ForwarderSignal signal,
    TimeProvider time,
    Random random,
    ILogger<Forwarder> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    // A little over a fifth of a second, so that no second sees a sixth batch when the network squeezes two together.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(220);

    // A province that refuses this many in a row refuses them for a reason of its own.
    private const int MostRefusedInARow = 5;

    private const int PageRows = 100;
    private const int MostAnswerText = 1000;

    private readonly Backoff _backoff = new(random);
    private readonly ForwarderSignal _resend = new();
    private bool _catchingUp;
    private bool _answered = true;
    private long? _lastSent;
    private long? _unansweredSince;
    private volatile Setback? _setback;

    public ProvinceStatus Status()
    {
        var (lastSuccess, alarm, parked) = store.Line();
        var cursor = store.Cursor;
        var setback = _setback;
        var backlog = Math.Max(0, journal.Newest() - cursor);
        return new ProvinceStatus(options.IsOn, cursor, backlog, lastSuccess, alarm, parked, setback?.Words, setback?.Next);
    }

    public IReadOnlyList<ParkedEvent> Parked(int most = 100) => store.Parked(most);

    /// <summary>Sends a parked event again, before what waits. False where no such event is parked.</summary>
    public async Task<bool> ResendAsync(long sequence) => await ResendAsync((long?)sequence) > 0;

    /// <summary>Sends all parked events again, in journal order, before what waits; gives how many they are.</summary>
    public Task<int> ResendAllAsync() => ResendAsync(null);

    private async Task<int> ResendAsync(long? sequence)
    {
        var parked = await store.ResendAsync(sequence, NextKey);
        _resend.Set();
        signal.Set();
        return parked;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.IsOn)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            signal.Reset();
            _resend.Reset();
            try
            {
                if ((store.InFlight() ?? await ComposeAsync()) is { } batch)
                {
                    await SendAsync(batch, stoppingToken);
                }
                else
                {
                    _catchingUp = false;
                    await signal.WaitAsync(Poll, time, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken)
            {
                logger.LogError(ProvinceEvents.Broken, broken, "Forwarding failed at the hub's own side; it is tried again");
                await SetBackAsync("the hub could not read or keep its own data: " + broken.Message, null, stoppingToken);
            }
        }
    }

    private async Task SendAsync(Batch batch, CancellationToken stopping)
    {
        _catchingUp |= Late(batch);
        if (_lastSent is { } sent && (_catchingUp || !_answered) && Pace - time.GetElapsedTime(sent) is { Ticks: > 0 } early)
        {
            await Task.Delay(early, time, stopping);
        }

        _lastSent = time.GetTimestamp();
        _unansweredSince ??= _lastSent;
        var answer = await line.PostAsync(batch, stopping);
        _answered = answer.Verdict == Verdict.Acknowledged;
        switch (answer.Verdict)
        {
            case Verdict.Acknowledged:
                await store.AcknowledgeAsync(batch.First, batch.Last, time.GetUtcNow());
                Recover();
                break;
            case Verdict.Refused when batch.Events.Count > 1:
                var (front, back) = batch.Halve(NextKey);
                await store.SplitAsync(batch, front, back);
                break;
            case Verdict.Refused when store.RefusedInARow >= MostRefusedInARow:
                // The refusal is kept under the old key.
                await store.RenewKeyAsync(batch.First, NextKey());
                await AlarmAsync(ProvinceAlarm.Refusals, answer with { Words = $"{answer.Words} to event after event: {MostRefusedInARow} are parked, the others wait" }, stopping);
                break;
            case Verdict.Refused:
                await store.ParkAsync(batch.First, batch.Last, Parked(batch.Events[0], answer.Status, answer.Text));
                logger.LogWarning(ProvinceEvents.Parked, "The province refused event {Sequence} with {Status}; it is parked", batch.Events[0].Sequence, answer.Status);
                Recover();
                break;
            case Verdict.AddressAtFault:
                await AlarmAsync(ProvinceAlarm.Address, answer, stopping);
                break;
            case Verdict.WebPage:
                await AlarmAsync(ProvinceAlarm.WebPage, answer, stopping);
                break;
            default:
                await SetBackAsync(answer.Words, answer.RetryAfter, stopping);
                break;
        }
    }

    private async Task AlarmAsync(string code, ProvinceAnswer answer, CancellationToken stopping)
    {
        await store.RaiseAsync(code, answer.Words, time.GetUtcNow());
        await SetBackAsync(answer.Words, answer.RetryAfter, stopping);
    }

    // Silence shows in two ways: nothing was answered for a minute, or, after a restart, what is sent now is that old.
    private bool Late(Batch batch) =>
        (_unansweredSince is { } since && time.GetElapsedTime(since) > Silence)
        || time.GetUtcNow().ToUnixTimeMilliseconds() - batch.Events[0].At > Silence.TotalMilliseconds;

    private void Recover()
    {
        if (_setback is not null)
        {
            logger.LogInformation(ProvinceEvents.Recovered, "The province answers again");
        }

        _setback = null;
        _unansweredSince = null;
        _backoff.Reset();
    }

    private async Task SetBackAsync(string words, TimeSpan? retryAfter, CancellationToken stopping)
    {
        var pause = _backoff.Next(retryAfter);
        if (_setback?.Words != words)
        {
            logger.LogWarning(ProvinceEvents.SetBack, "Nothing is forwarded: {Words}; next attempt in {Seconds:0} s", words, pause.TotalSeconds);
        }

        _setback = new Setback(words, time.GetUtcNow() + pause);
        if (retryAfter is null)
        {
            // A person who has put something right need not wait.
            await _resend.WaitAsync(pause, time, stopping);
        }
        else
        {
            await Task.Delay(pause, time, stopping);
        }
    }

    private ParkedEvent Parked(BatchEvent refused, int status, string answer) => new(
        refused.Sequence, refused.Kind, time.GetUtcNow(), status, answer.Length > MostAnswerText ? answer[..MostAnswerText] : answer, Again: false);

    /// <summary>Keeps the next batch with its bytes, where there is one.</summary>
    private async Task<Batch?> ComposeAsync()
    {
        var (cursor, composed, identity) = (store.Cursor, store.Composed, journal.Identity());
        var last = cursor;
        var bytes = Batch.EmptyBytes;
        var events = new List<BatchEvent>();
        foreach (var row in RowsAfter(cursor))
        {
            if (Composed(row, composed, identity) is { } one)
            {
                if (Batch.EmptyBytes + one.Json.Length > Batch.MostBytes && events.Count == 0)
                {
                    await store.ParkUnsentAsync(cursor + 1, row.Sequence, one, Parked(one, 413, "larger than a batch may be; not sent"));
                    logger.LogWarning(ProvinceEvents.Parked, "Event {Sequence} has {Bytes} bytes, more than a batch may have; it is parked", one.Sequence, one.Json.Length);
                    (cursor, composed, last) = (row.Sequence, row.Sequence, row.Sequence);
                    continue;
                }

                bytes += one.Json.Length + (events.Count > 0 ? 1 : 0);
                if (events.Count == Batch.MostEvents || bytes > Batch.MostBytes)
                {
                    break;
                }

                events.Add(one);
                composed = one.Sequence;
            }

            last = row.Sequence;
        }

        if (events.Count > 0)
        {
            await store.KeepAsync(new Batch(cursor + 1, last, NextKey(), events));
        }
        else if (last > cursor)
        {
            await store.SkipAsync(cursor + 1, last);
        }

        // What is sent is what is kept.
        return store.InFlight();
    }

    private IEnumerable<JournalRow> RowsAfter(long sequence)
    {
        IReadOnlyList<JournalRow> page;
        do
        {
            page = journal.After(sequence, PageRows);
            foreach (var row in page)
            {
                yield return row;
                sequence = row.Sequence;
            }
        }
        while (page.Count == PageRows);
    }

    private BatchEvent? Composed(JournalRow row, long after, Guid identity) => render(row) is { } forwarded
        ? new BatchEvent(row.Sequence, row.Kind, row.At, (forwarded with { After = after, Journal = identity }).ToJson())
        : null;

    private string NextKey() => EventIds.Next(time, random);

    private sealed record Setback(string Words, DateTimeOffset Next);
}
