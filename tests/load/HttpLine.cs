using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reception.Load;

/// <summary>One kept-alive connection, blocking, without the costs of a full client: on two cores the load would measure itself.</summary>
internal sealed class HttpLine : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly string _host;
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;
    private int _read;

    public HttpLine(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _host = $"127.0.0.1:{port}";
    }

    /// <summary>Who calls: the whole header line, such as <c>Authorization: Bearer …</c>.</summary>
    public string? Caller { get; set; }

    /// <summary>The last answer's headers.</summary>
    public string Headers { get; private set; } = "";

    /// <summary>The last answer's body.</summary>
    public byte[] Body { get; private set; } = [];

    public byte[] Request(string method, string path, string? json = null) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: {_host}\r\n"
        + (Caller is null ? "" : Caller + "\r\n")
        + (method == "GET" ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json ?? "")}\r\n")
        + "\r\n" + json);

    public int Get(string path) => Send(Request("GET", path));

    public int Post(string path, string? json = null) => Send(Request("POST", path, json));

    /// <summary>Sends a request and reads its whole answer; gives the status.</summary>
    public int Send(ReadOnlySpan<byte> request)
    {
        SendAll(request);
        var status = ReadHead();
        Body = status == 204 ? [] : ReadBody();
        return status;
    }

    /// <summary>Gets an answer in pieces: when its first bytes came, and how many there are.</summary>
    public (long First, long Bytes) GetAll(string path)
    {
        if (Open(path) is var status and not 200)
        {
            throw new InvalidOperationException($"{path} is answered with {status}.");
        }

        var (first, bytes) = (0L, 0L);
        while (int.Parse(ReadLine(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            first = first == 0 ? Stopwatch.GetTimestamp() : first;
            bytes += Take(size).Length;
            ReadLine();
        }

        ReadLine();
        return (first, bytes);
    }

    /// <summary>Sends a request whose answer is a stream; gives the status.</summary>
    public int Open(string path)
    {
        SendAll(Request("GET", path));
        return ReadHead();
    }

    /// <summary>The next line of a stream.</summary>
    public string ReadLine()
    {
        int end;
        while ((end = _buffer.AsSpan(_read, _filled - _read).IndexOf((byte)'\n')) < 0)
        {
            Fill();
        }

        var line = Encoding.UTF8.GetString(_buffer, _read, end).TrimEnd('\r');
        _read += end + 1;
        return line;
    }

    public void Dispose() => _socket.Dispose();

    private void SendAll(ReadOnlySpan<byte> request)
    {
        while (request.Length > 0)
        {
            request = request[_socket.Send(request)..];
        }
    }

    private int ReadHead()
    {
        int end;
        while ((end = _buffer.AsSpan(_read, _filled - _read).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Fill();
        }

        Headers = Encoding.ASCII.GetString(_buffer, _read, end);
        _read += end + 4;
        return int.Parse(Headers.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    private byte[] ReadBody()
    {
        const string length = "\r\nContent-Length: ";
        if (Headers.IndexOf(length, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            var digits = Headers.AsSpan(at + length.Length);
            return Take(int.Parse(digits[..(digits.IndexOf('\r') is >= 0 and var end ? end : digits.Length)], CultureInfo.InvariantCulture));
        }

        var body = new MemoryStream();
        while (int.Parse(ReadLine(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            body.Write(Take(size));
            ReadLine();
        }

        ReadLine();
        return body.ToArray();
    }

    private byte[] Take(int count)
    {
        while (_filled - _read < count)
        {
            Fill();
        }

        var taken = _buffer.AsSpan(_read, count).ToArray();
        _read += count;
        return taken;
    }

    private void Fill()
    {
        if (_read > 0)
        {
            _buffer.AsSpan(_read, _filled - _read).CopyTo(_buffer);
            (_filled, _read) = (_filled - _read, 0);
        }

        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var got = _socket.Receive(_buffer.AsSpan(_filled));
        _filled += got > 0 ? got : throw new IOException("The hub closed the connection.");
    }
}
