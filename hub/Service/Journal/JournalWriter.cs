using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>
/// The one writer. It takes whatever waits into one transaction, decides each command against the working hall, appends
/// what happened, keeps the answers, commits, and only then publishes the hall and tells whoever asked.
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

    private readonly JournalFile _file;
    private readonly HallBoard _board;
    private readonly Renderer _renderer;
    private readonly HallClock _clock;
    private readonly Func<Setup> _setup;
    private readonly Action<Exception> _end;
    private readonly ILogger<JournalWriter> _log;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _batchSince = long.MinValue;

    public JournalWriter(
        JournalFile file, HallBoard board, Renderer renderer, HallClock clock, Func<Setup> setup, Action<Exception> end, ILogger<JournalWriter> log)
    {
        (_file, _board, _renderer, _clock, _setup, _end, _log) = (file, board, renderer, clock, setup, end, log);
        _thread = new Thread(Work) { Name = "journal writer", IsBackground = true };
    }

    /// <summary>Reads the present day and begins to take commands.</summary>
    public void Start() => _thread.Start();

    /// <summary>Completes when the hall is published for the first time.</summary>
    public Task ReadyAsync() => _ready.Task;

    /// <summary>Whether the writer waits for work, or has not been at its batch for too long.</summary>
    public bool IsAlive => Interlocked.Read(ref _batchSince) is var since && (since == long.MinValue || _clock.GetElapsedTime(since) < LongestBatch);

    /// <summary>Decides a command durably; completes after the commit.</summary>
    /// <exception cref="NotCommittedException">Nothing was written, and the command may be repeated.</exception>
    public async ValueTask<Told> SubmitAsync(JournalCommand command, RepeatKey? repeat = null, CancellationToken cancellation = default)
    {
        var submission = new Submission(command, repeat);
        await _waiting.Writer.WriteAsync(submission, cancellation);
        return await submission.Done.Task;
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        if (_thread.IsAlive && _thread != Thread.CurrentThread)
        {
            _thread.Join();
        }
    }

    private void Work()
    {
        try
        {
            using var connection = _file.OpenWriter();
            using var session = new WritingSession(connection, _renderer, _clock, _setup);
            _board.Publish(session.Published);
            Commit(session, []);
            _ready.SetResult();
            var batch = new List<Submission>(LargestBatch);
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
            LogEnded(exception);
            _end(exception);
        }
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
        try
        {
            session.Commit(batch);
        }
        catch (Exception exception) when (!IsFatal(exception))
        {
            session.RollBack();
            if (batch.Count <= 1)
            {
                LogFailed(exception, batch.Count == 0 ? "the opening of the day" : batch[0].Command.GetType().Name);
                batch.ForEach(submission => submission.Done.TrySetException(new NotCommittedException(exception)));
                return;
            }

            foreach (var alone in batch)
            {
                Commit(session, [alone]);
            }

            return;
        }

        var committed = session.Publish();
        if (session.Published.SetupFault is { } fault && fault != committed.Before.SetupFault)
        {
            LogSetupRefused(fault.ToString());
        }

        _board.Publish(session.Published);
        batch.ForEach(submission => submission.Done.TrySetResult(submission.Told!));
        if (committed.Events.Count > 0)
        {
            _board.Tell(committed);
        }
    }

    /// <summary>A failed sync, an I/O error or corruption: what was written last is not known.</summary>
    private static bool IsFatal(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB };

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "Not written, and refused where a person asked: {Command}")]
    private partial void LogFailed(Exception exception, string command);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "The changed set-up is not in force, the day goes on with the one it has: {Fault}")]
    private partial void LogSetupRefused(string fault);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Critical, Message = "The journal can't go on; the hub ends and is to be started again")]
    private partial void LogEnded(Exception exception);
}

/// <summary>A command on its way through the writer.</summary>
internal sealed record Submission(JournalCommand Command, RepeatKey? Repeat)
{
    // Continuations leave the writer's thread, which is to go on with the next batch.
    public TaskCompletionSource<Told> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is told once the batch is committed.</summary>
    public Told? Told { get; set; }
}
