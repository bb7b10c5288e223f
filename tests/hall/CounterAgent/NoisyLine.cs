using Reception.Device.Serial;
using Reception.Unit.Tests.Serial;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>A bad line between two ports: of 1,000 bits one is flipped, of 1,000 bytes one each is lost, doubled and made up.</summary>
internal sealed class NoisyLine : IDisposable
{
    private const double Rate = 1e-3;

    private readonly ISerialPort _box;
    private readonly Pty _agent;
    private readonly Thread[] _ways;
    private volatile bool _ended;

    public NoisyLine(string boxPort, string agentPort, int seed)
    {
        _box = new SystemPorts().Open(boxPort, 115200);
        _agent = new Pty(agentPort);
        _ways = [new Thread(() => FromBox(new Random(seed))), new Thread(() => FromAgent(new Random(-seed)))];
        foreach (var way in _ways)
        {
            way.IsBackground = true;
            way.Start();
        }
    }

    public void Dispose()
    {
        _ended = true;
        foreach (var way in _ways)
        {
            way.Join();
        }

        _box.Dispose();
        _agent.Dispose();
    }

    private void FromBox(Random chance)
    {
        var bytes = new byte[256];
        while (!_ended)
        {
            var taken = _box.Read(bytes, TimeSpan.FromMilliseconds(50));
            _agent.Write(Spoil(bytes.AsSpan(0, taken), chance));
        }
    }

    private void FromAgent(Random chance)
    {
        while (!_ended)
        {
            _box.Write(Spoil(_agent.Read(50), chance));
        }
    }

    private static byte[] Spoil(ReadOnlySpan<byte> bytes, Random chance)
    {
        var spoiled = new List<byte>(bytes.Length);
        foreach (var value in bytes)
        {
            var flipped = value;
            for (var bit = 0; bit < 8; bit++)
            {
                flipped ^= (byte)(chance.NextDouble() < Rate ? 1 << bit : 0);
            }

            var fate = chance.NextDouble();
            if (fate >= Rate)
            {
                spoiled.Add(flipped);
            }

            if (fate >= 1 - Rate)
            {
                spoiled.Add(flipped);
            }
            else if (fate >= 1 - (2 * Rate))
            {
                spoiled.Add((byte)chance.Next(256));
            }
        }

        return [.. spoiled];
    }
}
