using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Reporting;
using Reception.Device.Storage;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Device;

/// <summary>An outbox on a real file; what it sends is read from <see cref="Sent"/>.</summary>
internal sealed class OutboxOnDisk : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-outbox-").FullName;
    private readonly Channel<Report> _sent = Channel.CreateUnbounded<Report>();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public OutboxOnDisk()
    {
        (Database, Store, Outbox) = Open();
    }

    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    /// <summary>The boot of the machine: another one from the next start of the program on.</summary>
    public Guid Boot { get; set; } = Guid.NewGuid();

    public DeviceDatabase Database { get; private set; }

    public DeviceStore Store { get; private set; }

    public FactOutbox Outbox { get; private set; }

    public string Path => System.IO.Path.Combine(_folder, "device.db");

    public int SentSoFar => _sent.Reader.Count;

    public async Task<Report> NextSentAsync() =>
        await _sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken);

    public void Answer(Guid report) => Outbox.Take(new Answer { Report = report, Stored = true });

    /// <summary>Ends the program as a kill does, and starts it again on the same disk.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await EndAsync();
        _stop = new CancellationTokenSource();
        (Database, Store, Outbox) = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private (DeviceDatabase Database, DeviceStore Store, FactOutbox Outbox) Open()
    {
        var database = DeviceDatabase.Open(_folder, Clock, NullLogger<DeviceDatabase>.Instance);
        var store = new DeviceStore(database);
        var outbox = new FactOutbox(store, Send, Clock, new DeviceClock(Clock, Boot), new Random(41), NullLogger<FactOutbox>.Instance);
        _running = Task.Run(() => outbox.RunAsync(_stop.Token));
        return (database, store, outbox);
    }

    private bool Send(byte[] report) => _sent.Writer.TryWrite(ProtocolJson.Read<Report>(report)!);

    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Outbox.Dispose();
        Database.Dispose();
        _stop.Dispose();
    }
}
