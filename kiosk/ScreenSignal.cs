namespace Reception.Kiosk;

/// <summary>Tells open screens that something they show has changed; they then fetch what a reload would.</summary>
internal sealed class ScreenSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change after this call.</summary>
    public Task Next
    {
        get
        {
            lock (gate)
            {
                return next.Task;
            }
        }
    }

    public void Raise()
    {
        TaskCompletionSource raised;
        lock (gate)
        {
            raised = next;
            next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        raised.SetResult();
    }
}
