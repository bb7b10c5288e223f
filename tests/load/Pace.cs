using System.Diagnostics;

namespace Reception.Load;

/// <summary>Keeps a device below the 50 messages a second that the broker lets it send.</summary>
internal static class Pace
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(25);

    public static Task WaitAsync(long begun, CancellationToken cancellation)
    {
        var left = Apart - Stopwatch.GetElapsedTime(begun);
        return left > TimeSpan.Zero ? Task.Delay(left, TimeProvider.System, cancellation) : Task.CompletedTask;
    }
}
