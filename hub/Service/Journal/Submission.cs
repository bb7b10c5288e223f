using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>A command on its way through the writer.</summary>
internal abstract class Submission
{
    /// <summary>The command's name, for the log.</summary>
    public abstract string Name { get; }

    /// <summary>Executes the command in the batch's transaction.</summary>
    public abstract void Execute(HallTransaction transaction, StoredResults stored);

    /// <summary>The batch is committed: whoever waits gets the result.</summary>
    public abstract void Complete();

    /// <summary>The command could not be committed.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A command whose result is given as it is.</summary>
internal sealed class Submission<T>(JournalCommand<T> command) : Submission
{
    // Continuations leave the writer's thread, which is to go on with the next batch.
    private readonly TaskCompletionSource<Result<T>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Result<T> _result;

    public Task<Result<T>> Done => _done.Task;

    public override string Name => command.GetType().Name;

    public override void Execute(HallTransaction transaction, StoredResults stored) => _result = command.Execute(transaction);

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>A command whose result is stored for repeats, in the bytes that <paramref name="encode"/> makes of it.</summary>
internal sealed class StoredSubmission<T>(JournalCommand<T> command, RepeatKey key, Func<Result<T>, EncodedResult> encode) : Submission
{
    private readonly TaskCompletionSource<EncodedResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EncodedResult? _result;

    public Task<EncodedResult> Done => _done.Task;

    public override string Name => command.GetType().Name;

    public override void Execute(HallTransaction transaction, StoredResults stored)
    {
        if (stored.Find(transaction.Transaction, key) is { } earlier)
        {
            _result = earlier.Refusal is { } refusal ? encode(refusal) : earlier.Value;
            return;
        }

        _result = encode(command.Execute(transaction));
        if (_result.IsStored)
        {
            stored.Keep(transaction.Transaction, key, _result, transaction.Now);
        }
    }

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
