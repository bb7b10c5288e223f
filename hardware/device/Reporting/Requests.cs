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
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Answer>> _open = new();

    internal Requests(DeviceStore store, Func<byte[], bool> send, TimeProvider time)
    {
        _store = store;
        _send = send;
        _time = time;
    }

    /// <summary>Asks the hub, and returns its answer, its refusal, or that it was given up.</summary>
    /// <param name="type"><c>ticket.request</c> or <c>keypad.pressed</c>.</param>
    /// <param name="data">The report's data, written as JSON.</param>
    /// <param name="cancel">Forgets the request.</param>
    /// <exception cref="FactNotKeptException">The disk is full or broken: nothing was sent.</exception>
    public Task<RequestResult> AskAsync<T>(string type, T data, CancellationToken cancel = default) =>
        AskAsync(Guid.CreateVersion7(_time.GetUtcNow()), type, data, cancel);

    /// <summary>Asks the hub under a new id that the caller has kept before asking, so that it can be withdrawn even after a kill.</summary>
    /// <param name="request">The report's id.</param>
    /// <param name="type"><c>ticket.request</c> or <c>keypad.pressed</c>.</param>
    /// <param name="data">The report's data, written as JSON.</param>
    /// <param name="cancel">Forgets the request.</param>
    /// <exception cref="FactNotKeptException">The disk is full or broken: nothing was sent.</exception>
    public async Task<RequestResult> AskAsync<T>(Guid request, string type, T data, CancellationToken cancel = default)
    {
        var sequence = ReportWriter.OnDisk(_store.NextSequence);
        var report = ReportWriter.Write(request, sequence, _time.GetLocalNow(), type, data);
        var answered = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[request] = answered;
        try
        {
            for (var time = 0; time < Times; time++)
            {
                _send(report);
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                var pause = Task.Delay(Every, _time, waiting.Token);
                if (await Task.WhenAny(answered.Task, pause) == answered.Task)
                {
                    await waiting.CancelAsync();
                    return Result(await answered.Task);
                }

                cancel.ThrowIfCancellationRequested();
            }

            return new RequestResult.GaveUp(request);
        }
        finally
        {
            _open.TryRemove(request, out _);
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
