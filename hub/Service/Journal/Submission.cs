using Reception.Hall;
using Reception.Hub.Metrics;

namespace Reception.Hub.Journal;

/// <summary>A command on its way through the writer.</summary>
internal abstract class Submission
{
    /// <summary>The command's name, for the log.</summary>
    public abstract string Name { get; }

    /// <summary>Executes the command in the batch's transaction.</summary>
    public abstract void Execute(HallTransaction transaction, StoredResults stored);

    /// <summary>Records what the command came to; called after the commit.</summary>
    public abstract void Measure(HubMeter meter);

    /// <summary>The batch is committed: whoever waits gets the result.</summary>
    public abstract void Complete();

    /// <summary>The command could not be committed.</summary>
    public abstract void Fail(Exception exception);

    protected static void Measure<T>(HubMeter meter, JournalCommand<T> command, Refusal? refusal)
    {
        if (refusal is not null)
        {
            meter.Command(command.CommandName, CommandOutcomes.Refused);
            meter.Refusal(command.CommandName, refusal.Code);
            return;
        }

        meter.Command(command.CommandName, CommandOutcomes.Done);
        command.Measure(meter);
    }
}

/// <summary>A command whose result is given as it is.</summary>
internal sealed class Submission<T>(JournalCommand<T> command) : Submission
{
    // Continuations leave the writer's thread, which is to go on with the next batch.
    private readonly TaskCompletionSource<Result<T>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Result<T> _result;

    public Task<Result<T>> Done => _done.Task;

    public override string Name => command.CommandName;

    public override void Execute(HallTransaction transaction, StoredResults stored) => _result = command.Execute(transaction);

    public override void Measure(HubMeter meter) => Measure(meter, command, _result.Refusal);

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>A command whose result is stored for repeats, in the bytes that <paramref name="encode"/> makes of it.</summary>
internal sealed class StoredSubmission<T>(JournalCommand<T> command, RepeatKey key, Func<Result<T>, EncodedResult> encode) : Submission
{
    private readonly TaskCompletionSource<EncodedResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EncodedResult? _result;
    private Refusal? _refusal;
    private bool _isRepeat;

    public Task<EncodedResult> Done => _done.Task;

    public override string Name => command.CommandName;

    public override void Execute(HallTransaction transaction, StoredResults stored)
    {
        if (stored.Find(transaction.Transaction, key) is { } earlier)
        {
            (_refusal, _isRepeat) = (earlier.Refusal, earlier.Refusal is null);
            _result = _isRepeat ? earlier.Value : encode(_refusal!);
            return;
        }

        var decided = command.Execute(transaction);
        _refusal = decided.Refusal;
        _result = encode(decided);
        if (_result.IsStored)
        {
            stored.Keep(transaction.Transaction, key, _result, transaction.Now);
        }
    }

    public override void Measure(HubMeter meter)
    {
        if (_isRepeat)
        {
            meter.Command(command.CommandName, CommandOutcomes.Repeated);
            return;
        }

        Measure(meter, command, _refusal);
    }

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
