using System.Collections.Concurrent;
using System.Text;
using Reception.Unit.Tests.Serial;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>
/// A box made of nothing but section 4 of the wire contracts, with a sum of its own: it shares no line with the product. It says what a
/// test wants, answers IDENT where it has a HELLO, and keeps what it is told.
/// </summary>
internal sealed class BoxStandIn : IDisposable
{
    private readonly Pty _line;
    private readonly Thread _reader;
    private readonly ConcurrentQueue<string> _told = new();
    private volatile bool _ended;

    /// <param name="link">The name of its port, over which it can be pulled out and put in again.</param>
    public BoxStandIn(string link, string? hello = null)
    {
        Hello = hello;
        _line = new Pty(link);
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>The body that it answers IDENT with; null where it is mute.</summary>
    public volatile string? Hello;

    /// <summary>The bodies of all frames that it was sent.</summary>
    public IReadOnlyList<string> Told => [.. _told];

    public int Count(string body) => _told.Count(told => told == body);

    public void Say(string body) => _line.Write($"${body}*{Sum(body):X4}\r\n");

    public void SayRaw(string text) => _line.Write(text);

    public void Dispose()
    {
        _ended = true;
        _reader.Join();
        _line.Dispose();
    }

    /// <summary>CRC-16/CCITT-FALSE, bit by bit.</summary>
    private static int Sum(string body)
    {
        var sum = 0xFFFF;
        foreach (var letter in Encoding.ASCII.GetBytes(body))
        {
            sum ^= letter << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = ((sum & 0x8000) != 0 ? (sum << 1) ^ 0x1021 : sum << 1) & 0xFFFF;
            }
        }

        return sum;
    }

    private void Read()
    {
        var rest = "";
        while (!_ended)
        {
            rest += Encoding.ASCII.GetString(_line.Read(20));
            for (var end = rest.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = rest.IndexOf('\n', StringComparison.Ordinal))
            {
                Take(rest[..end]);
                rest = rest[(end + 1)..];
            }
        }
    }

    private void Take(string frame)
    {
        var star = frame.LastIndexOf('*');
        var body = star > 0 ? frame[1..star] : "";
        if (frame != $"${body}*{Sum(body):X4}\r")
        {
            _told.Enqueue($"no frame: {frame}");
            return;
        }

        _told.Enqueue(body);
        if (body == "IDENT" && Hello is { } hello)
        {
            Say(hello);
        }
    }
}
