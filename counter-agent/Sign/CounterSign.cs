using Reception.Device.Serial;
using Reception.Protocol.Serial;

namespace Reception.CounterAgent.Sign;

/// <summary>The sign above the counter: it is told what to show at every change, and every 5 s, since it never asks.</summary>
internal sealed class CounterSign(SerialConnection line, CounterState counter, string device, TimeProvider time) : ICounterDevice
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly Lock _one = new();
    private long _shownAt;
    private long _identifyingSince;
    private TimeSpan _identifying;

    /// <summary>A sign says nothing.</summary>
    public TimeSpan? LongestSilence => null;

    /// <inheritdoc/>
    public void Opened() => Show();

    /// <inheritdoc/>
    public void Closed()
    {
    }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<byte> body)
    {
    }

    /// <inheritdoc/>
    public void Tick()
    {
        if (time.GetElapsedTime(Interlocked.Read(ref _shownAt)) >= Again)
        {
            Show();
        }
    }

    /// <summary>Shows what holds now.</summary>
    public void Show()
    {
        // One at a time: the newest must not be overtaken on its way to the line.
        lock (_one)
        {
            var isIdentifying = time.GetElapsedTime(_identifyingSince) < _identifying;
            Interlocked.Exchange(ref _shownAt, time.GetTimestamp());
            line.Send(SignOrders.Show(isIdentifying ? device : counter.Shown));
        }
    }

    /// <summary>Shows the device's name, for somebody who asks which one it is.</summary>
    public void Identify(int seconds)
    {
        lock (_one)
        {
            (_identifyingSince, _identifying) = (time.GetTimestamp(), TimeSpan.FromSeconds(seconds));
        }

        Show();
    }
}
