using Microsoft.Extensions.Logging;

using Reception.Hub.Journal;

namespace Reception.Hub.Province;

/// <summary>
/// Sends the journal to the province, from its own cursor: one batch in flight, in order, again for ever. The journal is the
/// outbox; what is remembered beside it is where the forwarder is, and under which key the batch in flight goes.
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

    private const int PageRows = 100;
    private const int MostAnswerText = 1000;

    private readonly Backoff _backoff = new(random);
    private bool _catchingUp;
    private bool _answered = true;
    private long? _lastSent;
    private long? _unansweredSince;
    private volatile Setback? _setback;

    public ProvinceStatus Status()
    {
        var (lastSuccess, alarm, alarmSince, parked) = store.Line();
        var cursor = store.Cursor;
        var setback = _setback;
        var backlog = Math.Max(0, journal.Newest() - cursor);
        return new ProvinceStatus(options.IsOn, cursor, backlog, lastSuccess, alarm, alarmSince, parked, setback?.Words, setback?.Next);
    }

    public IReadOnlyList<ParkedEvent> Parked(int most = 100) => store.Parked(most);

    /// <summary>Sends a parked event again, before what waits. False where no such event is parked.</summary>
    public Task<bool> ResendAsync(long sequence)
    {
        var parked = store.Resend(sequence, NextKey());
        signal.Set();
        return Task.FromResult(parked);
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
            try
            {
                if (NextBatch() is { } batch)
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
                store.Acknowledge(batch.First, batch.Last, time.GetUtcNow());
                Recover();
                break;
            case Verdict.Refused when batch.Events.Count > 1:
                var (front, back) = batch.Halve(NextKey);
                store.Split(batch, front, back);
                break;
            case Verdict.Refused:
                Park(batch.First, batch.Last, batch.Events[0], answer.Status, answer.Text);
                Recover();
                break;
            default:
                if (answer.Verdict == Verdict.AddressAtFault)
                {
                    store.Raise(answer.Words, time.GetUtcNow());
                }

                await SetBackAsync(answer.Words, answer.RetryAfter, stopping);
                break;
        }
    }

    // Silence shows in two ways: nothing was answered for a minute, or, after a restart, what is sent now is that old.
    private bool Late(Batch batch) =>
        (_unansweredSince is { } since && time.GetElapsedTime(since) > Silence)
        || time.GetUtcNow().ToUnixTimeMilliseconds() - batch.Events[0].Row.At > Silence.TotalMilliseconds;

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
        await Task.Delay(pause, time, stopping);
    }

    private void Park(long first, JournalMark last, BatchEvent refused, int status, string answer)
    {
        var shown = answer.Length > MostAnswerText ? answer[..MostAnswerText] : answer;
        store.Park(first, last, new ParkedEvent(refused.Row.Sequence, refused.Row.Kind, time.GetUtcNow(), status, shown, Again: false));
        logger.LogWarning(ProvinceEvents.Parked, "The province refused event {Sequence} with {Status}; it is parked", refused.Row.Sequence, status);
    }

    private Batch? NextBatch()
    {
        while (store.InFlight() is { } kept)
        {
            var rows = journal.Range(kept.First, kept.Last);
            var events = rows.Select(Rendered).OfType<BatchEvent>().ToList();
            if (events.Count == 0)
            {
                logger.LogWarning(ProvinceEvents.Gone, "Rows {First} to {Last} hold nothing for the province now", kept.First, kept.Last);
                store.Drop(kept.First);
                continue;
            }

            var batch = new Batch(kept.First, JournalMark.Of(rows[^1]), kept.Key, events);
            if (!batch.Digest.AsSpan().SequenceEqual(kept.Digest))
            {
                // Another version of the hub may write other bytes, and a key stands for the bytes that it was first sent with.
                batch = batch with { Key = NextKey() };
                store.Keep(batch);
            }

            return batch;
        }

        return Compose();
    }

    private Batch? Compose()
    {
        var cursor = LastPassed();
        JournalMark? last = null;
        var bytes = Batch.EmptyBytes;
        var events = new List<BatchEvent>();
        foreach (var row in RowsAfter(cursor))
        {
            if (Rendered(row) is { } one)
            {
                if (Batch.EmptyBytes + one.Json.Length > Batch.MostBytes && events.Count == 0)
                {
                    Park(cursor + 1, JournalMark.Of(row), one, 413, "larger than a batch may be; not sent");
                    cursor = row.Sequence;
                    last = null;
                    continue;
                }

                bytes += one.Json.Length + (events.Count > 0 ? 1 : 0);
                if (events.Count == Batch.MostEvents || bytes > Batch.MostBytes)
                {
                    break;
                }

                events.Add(one);
            }

            last = JournalMark.Of(row);
        }

        if (last is null)
        {
            return null;
        }

        if (events.Count == 0)
        {
            store.Skip(cursor + 1, last);
            return null;
        }

        var batch = new Batch(cursor + 1, last, NextKey(), events);
        store.Keep(batch);
        return batch;
    }

    // A journal that was restored from a backup counts on from an earlier row, and what it then holds under numbers that
    // were passed has never been sent. The province knows by their ids what it gets twice.
    private long LastPassed()
    {
        var marks = store.Marks(1);
        if (marks.All(mark => mark.IsIn(journal)))
        {
            return store.Cursor;
        }

        var common = store.Marks(int.MaxValue).FirstOrDefault(mark => mark.IsIn(journal))?.Sequence ?? 0;
        logger.LogWarning(ProvinceEvents.Rewound, "The journal is not the one that was forwarded; going on after row {Common}", common);
        store.Rewind(common);
        return common;
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

    private BatchEvent? Rendered(JournalRow row) =>
        render(row) is { } forwarded ? new BatchEvent(row, forwarded.ToJson()) : null;

    private string NextKey() => EventIds.Next(time, random);

    private sealed record Setback(string Words, DateTimeOffset Next);
}
