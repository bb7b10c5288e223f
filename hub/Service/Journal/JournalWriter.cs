using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Metrics;
using Reception.Hub.Site;

namespace Reception.Hub.Journal;

/// <summary>
/// The one writer. It takes all waiting commands into one transaction, decides each against the working hall, appends the
/// events, stores the results, commits, and only then publishes the hall, runs the effects and gives the results.
/// </summary>
internal sealed partial class JournalWriter : IDisposable
{
    private const int LargestBatch = 256;

    // Beyond what a slow disk needs for a batch.
    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(30);

    private readonly Channel<Submission> _waiting = Channel.CreateBounded<Submission>(new BoundedChannelOptions(16 * LargestBatch)
    {
        SingleReader = true,
        FullMode = BoundedChannelFullMode.Wait,
    });

    private readonly HubDatabase _database;
    private readonly HallBoard _board;
    private readonly SetupBook _book;
    private readonly HallClock _clock;
    private readonly SiteRules _rules;
    private readonly JournalKey _key;
    private readonly HubMeter _meter;
    private readonly Action<Exception> _end;
    private readonly ILogger<JournalWriter> _log;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _batchSince = long.MinValue;
    private long _failedAt = long.MinValue;

    public JournalWriter(
        HubDatabase database, HallBoard board, SetupBook book, HallClock clock, SiteRules rules, JournalKey key, HubMeter meter, Action<Exception> end,
        ILogger<JournalWriter> log)
    {
        (_database, _board, _book, _clock, _rules, _key, _meter, _end, _log) = (database, board, book, clock, rules, key, meter, end, log);
        _thread = new Thread(Work) { Name = "journal writer", IsBackground = true };
    }

    /// <summary>Reads the present day and begins to take commands.</summary>
    public void Start() => _thread.Start();

    /// <summary>Completes when the hall is published for the first time.</summary>
    public Task ReadyAsync() => _ready.Task;

    /// <summary>Whether the writer waits for work, or has not been at its batch for too long.</summary>
    public bool IsAlive => Interlocked.Read(ref _batchSince) is var since && (since == long.MinValue || _clock.GetElapsedTime(since) < LongestBatch);

    /// <summary>Commands that wait for the writer.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>When a batch last could not be committed, by the monotonic clock, or null: devices keep what they reported meanwhile.</summary>
    public long? FailedAt => Interlocked.Read(ref _failedAt) is var failed && failed != long.MinValue ? failed : null;

    /// <summary>Executes a command durably; completes after the commit.</summary>
    /// <exception cref="NotCommittedException">Nothing was written, and the command may be repeated.</exception>
    public async ValueTask<Result<T>> ExecuteAsync<T>(JournalCommand<T> command, CancellationToken cancellationToken = default)
    {
        var submission = new Submission<T>(command);
        await SubmitAsync(submission, cancellationToken);
        return await submission.Done;
    }

    /// <summary>Executes a command durably, or finds what it came to before; a repeat gets the same bytes.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="key">By which a repeat is known.</param>
    /// <param name="encode">Makes the bytes; a pure function, called on the writer's thread.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    /// <exception cref="NotCommittedException">Nothing was written, and the command may be repeated.</exception>
    public async ValueTask<EncodedResult> ExecuteAsync<T>(
        JournalCommand<T> command, RepeatKey key, Func<Result<T>, EncodedResult> encode, CancellationToken cancellationToken = default)
    {
        var submission = new StoredSubmission<T>(command, key, encode);
        await SubmitAsync(submission, cancellationToken);
        return await submission.Done;
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        if (_thread.IsAlive && _thread != Thread.CurrentThread)
        {
            _thread.Join();
        }
    }

    private async ValueTask SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        try
        {
            await _waiting.Writer.WriteAsync(submission, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new NotCommittedException(exception);
        }
    }

    private void Work()
    {
        var batch = new List<Submission>(LargestBatch);
        try
        {
            using var connection = _database.OpenWriter();
            using var session = new WritingSession(connection, _clock, _rules, _key);
            Publish(session);
            Commit(session, []);
            _ready.SetResult();
            while (Take(batch))
            {
                Interlocked.Exchange(ref _batchSince, _clock.GetTimestamp());
                Commit(session, batch);
                batch.Clear();
                Interlocked.Exchange(ref _batchSince, long.MinValue);
            }
        }
        catch (Exception exception)
        {
            // A journal that can't be read or synced ends the process: its supervisor starts it on the last good commit.
            if (_ready.Task.IsCompleted)
            {
                // What the disk did is told without where in the program; what ends it at the start, by who starts it.
                LogEnded(IsFatal(exception) ? null : exception, exception.Message);
            }

            _end(exception);
            FailAll(batch, exception);
        }
    }

    /// <summary>Nobody waits for a writer that has ended.</summary>
    private void FailAll(List<Submission> batch, Exception exception)
    {
        _waiting.Writer.TryComplete();
        do
        {
            batch.ForEach(submission => submission.Fail(new NotCommittedException(exception)));
            batch.Clear();
        }
        while (Take(batch));
    }

    private bool Take(List<Submission> batch)
    {
        if (!_waiting.Reader.TryRead(out var first))
        {
            if (!_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                return false;
            }

            return Take(batch);
        }

        batch.Add(first);
        while (batch.Count < LargestBatch && _waiting.Reader.TryRead(out var next))
        {
            batch.Add(next);
        }

        return true;
    }

    private void Commit(WritingSession session, List<Submission> batch)
    {
        Committed committed;
        var began = _clock.GetTimestamp();
        try
        {
            committed = session.Commit(batch);
        }
        catch (Exception exception) when (!IsFatal(exception))
        {
            if (batch.Count <= 1)
            {
                Interlocked.Exchange(ref _failedAt, _clock.GetTimestamp());
                LogFailed(exception, batch.Count == 0 ? "the opening of the day" : batch[0].Name);
                batch.ForEach(submission =>
                {
                    _meter.Command(submission.Name, CommandOutcomes.Failed);
                    submission.Fail(new NotCommittedException(exception));
                });
                return;
            }

            foreach (var alone in batch)
            {
                Commit(session, [alone]);
            }

            return;
        }

        Publish(session);
        foreach (var effect in committed.Effects)
        {
            effect();
        }

        _meter.Commit(committed.CommitTime);
        _meter.Batch(_clock.GetElapsedTime(began));
        batch.ForEach(submission => submission.Measure(_meter));
        batch.ForEach(submission => submission.Complete());
        if (committed.Events.Count > 0)
        {
            _board.Tell(committed);
        }
    }

    private void Publish(WritingSession session)
    {
        if (session.Setup is { } setup && !ReferenceEquals(setup, _book.Newest))
        {
            _book.Publish(setup);
        }

        _board.Publish(session.Published);
    }

    /// <summary>A failed sync, an I/O error or corruption: what was written last is not known.</summary>
    private static bool IsFatal(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB };

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "Not written, and refused where a person asked: {Command}")]
    private partial void LogFailed(Exception exception, string command);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Critical, Message = "The journal can't go on, the hub ends and is to be started again: {Reason}")]
    private partial void LogEnded(Exception? exception, string reason);
}
