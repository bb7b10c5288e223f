using Microsoft.Extensions.Logging;
using Reception.Device.Reporting;
using Reception.Device.Serial;
using Reception.Protocol;
using Reception.Protocol.Serial;

namespace Reception.CounterAgent.Keypad;

/// <summary>The officer's four keys on a line: a key is a request for somebody who waits, asked once and never later.</summary>
internal sealed class CounterKeypad(SerialConnection line, Requests requests, TimeProvider time, ILogger<CounterKeypad> log, CancellationToken stop) : ICounterDevice
{
    /// <summary>A frame that the line doubled comes within this time; a keypad that started again counts anew.</summary>
    private static readonly TimeSpan RepeatWithin = TimeSpan.FromSeconds(2);

    private uint? _last;
    private long _lastAt;

    /// <summary>A keypad speaks only where a key is touched.</summary>
    public TimeSpan? LongestSilence => null;

    /// <inheritdoc/>
    public void Opened() => _last = null;

    /// <inheritdoc/>
    public void Closed()
    {
    }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<byte> body)
    {
        if (KeypadKey.Read(body) is not { } key)
        {
            return;
        }

        var now = time.GetTimestamp();
        var isRepeat = key.Sequence == _last && time.GetElapsedTime(_lastAt, now) < RepeatWithin;
        (_last, _lastAt) = (key.Sequence, now);
        if (!isRepeat)
        {
            _ = AskAsync(key);
        }
    }

    /// <inheritdoc/>
    public void Tick()
    {
    }

    private async Task AskAsync(KeypadKey key)
    {
        string code;
        try
        {
            code = await requests.AskAsync(ReportTypes.KeypadPressed, new KeypadPressed(key.Key), stop) switch
            {
                RequestResult.Answered => KeypadOrders.Done,
                RequestResult.Refused refused => refused.Error.Code,
                _ => KeypadOrders.Away,
            };
        }
        catch (FactNotKeptException fault)
        {
            log.LogError(AgentEvents.KeyRefused, fault, "The key {Key} on {Port} could not be asked for: free some space on this machine's disk", key.Key, line.Path);
            code = KeypadOrders.Away;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program ends: nobody is told.
            return;
        }

        line.Send(KeypadOrders.Result(key.Sequence, code));
    }
}
