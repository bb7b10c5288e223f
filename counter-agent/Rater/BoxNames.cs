using System.Collections.Concurrent;

namespace Reception.CounterAgent.Rater;

/// <summary>Which port speaks for which serial: two boxes of one name on a desk must not be taken for one.</summary>
internal sealed class BoxNames
{
    private readonly ConcurrentDictionary<string, string> _ports = new(StringComparer.Ordinal);

    /// <summary>The box's name: its serial, or with its port's path behind it while another port has a box of that serial.</summary>
    public (string Name, bool IsShared) Claim(string serial, string port)
    {
        Release(port, except: serial);
        return _ports.GetOrAdd(serial, port) == port ? (serial, false) : ($"{serial}@{port}", true);
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
