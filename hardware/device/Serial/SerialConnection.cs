using Microsoft.Extensions.Logging;
using Reception.Device.Session;
using Reception.Protocol.Serial;

namespace Reception.Device.Serial;

/// <summary>
/// A serial line that is kept open: frames in and out, opened again by its path after whatever befell it (0.5 s doubling to
/// 10 s, ±20 %), and closed as dead where its device has a heartbeat and is not heard. A port that stays open after an unplug,
/// or whose link now leads to another one, is found by that silence.
/// </summary>
public sealed class SerialConnection : IDisposable
{
    private const double FirstPauseSeconds = 0.5;
    private const double LongestPauseSeconds = 10;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly int _baud;
    private readonly ISerialPorts _ports;
    private readonly TimeProvider _time;
    private readonly Random _chance;
    private readonly ILogger<SerialConnection> _log;
    private readonly FrameDecoder _decoder = new();
    private readonly byte[] _bytes = new byte[1024];
    private readonly CancellationTokenSource _stop = new();
    private ISerialDevice? _device;
    private Thread? _thread;
    private volatile ISerialPort? _port;
    private volatile string? _adapter;
    private volatile PortStatus? _status;
    private long _heardAt;
    private long _openAgainAt;
    private int _failures;

    /// <summary>Makes the line; nothing is opened before <see cref="Start"/>.</summary>
    /// <param name="path">The port, or a link to it.</param>
    /// <param name="baud">9600 to 115200.</param>
    /// <param name="ports">Opens it.</param>
    /// <param name="time">The clock of silences and pauses.</param>
    /// <param name="chance">Spreads the pauses.</param>
    /// <param name="log">Where the line says what became of it, once a change.</param>
    public SerialConnection(string path, int baud, ISerialPorts ports, TimeProvider time, Random chance, ILogger<SerialConnection> log)
    {
        Path = path;
        _baud = baud;
        _ports = ports;
        _time = time;
        _chance = chance;
        _log = log;
    }

    /// <summary>Raised on the line's thread after <see cref="Status"/> changed.</summary>
    public event Action? StatusChanged;

    /// <summary>The path it is opened by, which stays while the port behind it may change.</summary>
    public string Path { get; }

    /// <summary>The USB identity of the adapter that was opened last, or null.</summary>
    public string? Device => _adapter;

    /// <summary>How the line is; null before it was first tried.</summary>
    public PortStatus? Status => _status;

    /// <summary>Frames begun on this line that did not end as frames, since the start of the program.</summary>
    public long BadFrames => _decoder.BadFrames;

    /// <summary>Starts to open the line and to read it, on a thread of its own.</summary>
    public void Start(ISerialDevice device)
    {
        _device = device;
        _openAgainAt = _time.GetTimestamp();
        _thread = new Thread(Run) { IsBackground = true, Name = $"serial {Path}" };
        _thread.Start();
    }

    /// <summary>Puts frames on the line in one go; false where it is not open, or breaks. From any thread.</summary>
    public bool Send(params ReadOnlySpan<string> bodies)
    {
        if (_port is not { } port)
        {
            return false;
        }

        var bytes = new byte[bodies.Length * Frame.Longest];
        var length = 0;
        foreach (var body in bodies)
        {
            var frame = Frame.Encode(body);
            frame.CopyTo(bytes, length);
            length += frame.Length;
        }

        try
        {
            port.Write(bytes.AsSpan(0, length));
            return true;
        }
        catch (IOException)
        {
            // The line's own thread meets the same fault at its next read, and says so.
            return false;
        }
    }

    /// <summary>Closes the line and ends its thread.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_port is { } port)
            {
                Serve(port);
            }
            else if (_time.GetTimestamp() >= _openAgainAt)
            {
                TryOpen();
            }
            else
            {
                _stop.Token.WaitHandle.WaitOne(Beat);
            }
        }

        Close();
    }

    private void TryOpen()
    {
        try
        {
            var port = _ports.Open(Path, _baud);
            _adapter = port.Device;
            _port = port;
        }
        catch (SerialPortException refusal)
        {
            Become(PortStatus.Of(refusal));
            OpenLater();
            return;
        }

        _decoder.Reset();
        _heardAt = _time.GetTimestamp();
        // A port that opens, but was silent, is well again once something is heard.
        if (_status?.State != PortState.Silent)
        {
            Become(PortStatus.Open);
        }

        _device!.Opened();
    }

    private void Serve(ISerialPort port)
    {
        try
        {
            var taken = port.Read(_bytes, Beat);
            _decoder.Feed(_bytes.AsSpan(0, taken), Hear);
        }
        catch (IOException fault)
        {
            Become(new PortStatus(PortState.Absent, $"{fault.Message}{(_adapter is { } adapter ? $" It was {adapter}." : "")}"));
            Break();
            return;
        }

        if (_device!.LongestSilence is { } longest && _time.GetElapsedTime(_heardAt) >= longest)
        {
            Become(new PortStatus(
                PortState.Silent,
                $"{Path}{(_adapter is { } adapter ? $", {adapter}," : "")} is open, but nothing is heard on it: check that the device has power, and that this is its port and speed ({_baud} baud)."));
            Break();
            return;
        }

        _device.Tick();
    }

    private void Hear(ReadOnlySpan<byte> body)
    {
        _heardAt = _time.GetTimestamp();
        _failures = 0;
        Become(PortStatus.Open);
        _device!.Take(body);
    }

    private void Break()
    {
        Close();
        OpenLater();
    }

    private void Close()
    {
        if (_port is { } port)
        {
            _port = null;
            port.Dispose();
            _device!.Closed();
        }
    }

    private void OpenLater()
    {
        var plain = Math.Min(FirstPauseSeconds * Math.Pow(2, Math.Min(_failures, 10)), LongestPauseSeconds);
        _failures++;
        _openAgainAt = _time.GetTimestamp() + (long)(plain * (0.8 + (0.4 * _chance.NextDouble())) * _time.TimestampFrequency);
    }

    private void Become(PortStatus status)
    {
        if (_status == status)
        {
            return;
        }

        _status = status;
        if (status.State == PortState.Open)
        {
            _log.LogInformation(DeviceEvents.PortOpened, "The port {Path} is open: {Device}", Path, _adapter ?? "not on USB");
        }
        else
        {
            _log.LogWarning(DeviceEvents.PortBroken, "{Problem}", status.Message);
        }

        StatusChanged?.Invoke();
    }
}
