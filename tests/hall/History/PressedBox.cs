using System.Diagnostics;
using System.Globalization;
using Reception.Hall.Tests.CounterAgent;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>A five-button box that keeps a press until it is acknowledged and sends it again every half second, with its age.</summary>
internal sealed class PressedBox(string port, HallHistory history, Random chance, Func<bool> isDelivered) : IDisposable
{
    private static readonly TimeSpan Repeats = TimeSpan.FromMilliseconds(500);

    private readonly BoxStandIn _box = new(port, HelloOf(1));
    private int _next = 1;

    /// <summary>How often it was asked who it is.</summary>
    public int Asked => _box.Count("IDENT");

    /// <summary>Presses once; returns when the agent has it, and the next citizen may be served.</summary>
    public async Task PressAsync(Visit visit)
    {
        var (sequence, level) = (_next++, chance.Next(1, 6));
        _box.Hello = HelloOf(_next);
        // It is in the box's own memory: whatever dies now, it counts.
        visit.Press = new Press(level, IsThanked: true);
        var (age, said) = (Stopwatch.StartNew(), TimeSpan.MinValue);
        await Eventually.TrueAsync(
            () =>
            {
                if (said == TimeSpan.MinValue || age.Elapsed - said >= Repeats)
                {
                    said = age.Elapsed;
                    _box.Say(string.Create(CultureInfo.InvariantCulture, $"PRESS,{sequence},{level},{age.ElapsedMilliseconds}"));
                }

                return _box.Count(string.Create(CultureInfo.InvariantCulture, $"ACK,{sequence}")) > 0;
            },
            () => string.Join('\n', _box.Told),
            HistoryHall.Patience);
        history.Answered();
        await history.PassAsync(isDelivered);
    }

    public void Dispose() => _box.Dispose();

    private static string HelloOf(int next) => string.Create(CultureInfo.InvariantCulture, $"HELLO,1,H1,1.0.0,{next},1,P");
}
