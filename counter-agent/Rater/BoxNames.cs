using System.Collections.Concurrent;

namespace Reception.CounterAgent.Rater;

/// <summary>Which port speaks for which serial: two boxes of one name at a counter must not be taken for one.</summary>
internal sealed class BoxNames
{
    private readonly ConcurrentDictionary<string, string> _ports = new(StringComparer.Ordinal);

    /// <summary>The box's name: its serial, or with its port's path behind it where another port has a box of that serial, or had one before.</summary>
    /// <param name="isKnown">Whether presses were taken under a name: it stays the port's, in whatever order two such boxes come back.</param>
    public (string Name, bool IsShared) Claim(string serial, string port, Func<string, bool> isKnown)
    {
        Release(port, except: serial);
        var twin = $"{serial}@{port}";
        return isKnown(twin) ? (twin, _ports.TryGetValue(serial, out var other) && other != port)
            : _ports.GetOrAdd(serial, port) == port ? (serial, false)
            : (twin, true);
    }

    /// <summary>The port is closed, or has another box: the one it had may be plugged in elsewhere.</summary>
    public void Release(string port, string? except = null)
    {
        foreach (var claim in _ports.Where(claim => claim.Value == port && claim.Key != except))
        {
            _ports.TryRemove(claim);
        }
    }
}
