namespace Reception.Simulator;

/// <summary>People look up at the hall twice a second.</summary>
internal static class HallSeen
{
    public static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when the hub is there.</summary>
    public static async Task WaitAsync(Devices devices, TimeProvider time, CancellationToken cancel)
    {
        while (devices.Hall is null)
        {
            await Task.Delay(Glance, time, cancel);
        }
    }
}
