namespace Reception.Hub.Province;

/// <summary>Tells the forwarder that something was committed. Setting it is free where it is already set.</summary>
internal sealed class ForwarderSignal
{
    private volatile TaskCompletionSource _set = New();

    public void Set() => _set.TrySetResult();

    /// <summary>Called before looking for work, so that what comes meanwhile is seen by the next wait.</summary>
    public void Reset()
    {
        if (_set.Task.IsCompleted)
        {
            _set = New();
        }
    }

    /// <summary>Until the signal is set, or the time has passed.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(_set.Task, Task.Delay(longest, time, over.Token));
        await over.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
