using System.Collections.Concurrent;
using System.Text.Json;
using Reception.Protocol;

namespace Reception.Device.Reporting;

/// <summary>Requests to the hub, for a person who waits: sent at once and every second, given up after 10 s and forgotten.</summary>
public sealed class Requests
{
    private const int Times = 10;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly AnswerError Unexplained = new("malformed", "The hub's answer says neither what was done nor why not.");

    private readonly DeviceStore _store;
    private readonly Func<byte[], bool> _send;
    private readonly TimeProvider _time;
    private readonly DeviceClock _clock;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Answer>> _open = new();

    internal Requests(DeviceStore store, Func<byte[], bool> send, TimeProvider time, DeviceClock clock)
    {
        _store = store;
        _send = send;
        _time = time;
        _clock = clock;
    }

    /// <summary>Asks the hub, and returns its answer, its refusal, or that it was given up.</summary>
    /// <param name="type"><c>ticket.request</c> or <c>keypad.pressed</c>.</param>
    /// <param name="data">The report's data, written as JSON.</param>
    /// <param name="cancel">Forgets the request.</param>
    /// <exception cref="FactNotKeptException">The disk is full or broken: nothing was sent.</exception>
    public Task<RequestResult> AskAsync<T>(string type, T data, CancellationToken cancel = default) =>
        AskAsync(Prepare(Guid.CreateVersion7(_time.GetUtcNow()), _clock.Now(), type, data), cancel);

    /// <summary>
    /// Makes a request that the caller keeps before asking, in the same transaction, so that it can be withdrawn even after a kill.
    /// </summary>
    /// <param name="id">The report's id.</param>
    /// <param name="happened">When the person asked.</param>
    /// <param name="type"><c>ticket.request</c> or <c>keypad.pressed</c>.</param>
    /// <param name="data">The report's data, written as JSON.</param>
    /// <exception cref="FactNotKeptException">The disk is full or broken.</exception>
    public DatedReport Prepare<T>(Guid id, Moment happened, string type, T data) =>
        ReportWriter.Make(id, ReportWriter.OnDisk(_store.NextSequence), happened, type, data);

    /// <summary>Asks the hub, and returns its answer, its refusal, or that it was given up.</summary>
    /// <param name="request">The request, as it was prepared.</param>
    /// <param name="cancel">Forgets the request.</param>
    public async Task<RequestResult> AskAsync(DatedReport request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Report.Id;
        var answered = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[id] = answered;
        try
        {
            for (var time = 0; time < Times; time++)
            {
                _send(request.Message(_clock));
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                var pause = Task.Delay(Every, _time, waiting.Token);
                if (await Task.WhenAny(answered.Task, pause) == answered.Task)
                {
                    await waiting.CancelAsync();
                    return Result(await answered.Task);
                }

                cancel.ThrowIfCancellationRequested();
            }

            return new RequestResult.GaveUp(id);
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    /// <summary>Whether the answer is to an open request.</summary>
    internal bool Take(Answer answer) => _open.TryGetValue(answer.Report, out var open) && open.TrySetResult(answer);

    private static RequestResult Result(Answer answer) => answer switch
    {
        { Stored: true, Data: { } data } => new RequestResult.Answered(answer.Report, data),
        { Stored: true } => new RequestResult.Answered(answer.Report, JsonDocument.Parse("{}").RootElement),
        _ => new RequestResult.Refused(answer.Report, answer.Error ?? Unexplained),
    };
}
