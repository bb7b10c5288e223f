using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Session;
using Reception.Device.Settings;
using Reception.Device.Storage;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Unit.Tests.Device;

/// <summary>What a device's session does about a damaged database.</summary>
public sealed class DeviceSessionTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-session-").FullName;
    private DeviceDatabase _database = null!;
    private DeviceSession _session = null!;

    private string File => Path.Combine(_folder, "device.db");

    public ValueTask InitializeAsync()
    {
        Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_database_that_was_replaced_is_told_to_the_hub_once()
    {
        Assert.Equal(0, _session.Outbox.Waiting);
        await CloseAsync();
        await System.IO.File.WriteAllTextAsync(File, "garbage", TestContext.Current.CancellationToken);
        Open();
        Assert.Equal(1, _session.Outbox.Waiting);
        await CloseAsync();
        Open();
        Assert.Equal(1, _session.Outbox.Waiting);
    }

    [Fact]
    public async Task Damage_that_is_met_ends_the_session_and_the_next_start_has_a_whole_database()
    {
        _session.Outbox.Keep(ReportTypes.RatingPressed, new { level = 5 });
        await CloseAsync();
        Open();
        _session.Start();
        var pageSize = _database.Find("PRAGMA page_size", row => row.GetInt32(0));
        var root = _database.Find("SELECT rootpage FROM sqlite_schema WHERE name = 'fact'", row => row.GetInt32(0));
        await using (var file = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = (long)(root - 1) * pageSize;
            file.Write(new byte[pageSize]);
        }

        _database.Execute("PRAGMA shrink_memory");
        Assert.Throws<SqliteException>(() => _database.Select("SELECT body FROM fact", row => row.GetValue(0)));
        await Assert.ThrowsAsync<SqliteException>(() => _session.Completion.WaitAsync(Deadline, TestContext.Current.CancellationToken));

        await CloseAsync();
        Open();
        Assert.Equal(1, _session.Outbox.Waiting);
    }

    private void Open()
    {
        _database = DeviceDatabase.Open(_folder, TimeProvider.System, NullLogger<DeviceDatabase>.Instance);
        _session = new DeviceSession(
            new DeviceIdentity("rater-1", DeviceKinds.Rater, 1, "2.0.0"),
            new BrokerAddress("127.0.0.1", 1, "secret"),
            _database,
            options => new MqttLink(options, TimeProvider.System, NullLogger<MqttLink>.Instance),
            TimeProvider.System,
            NullLoggerFactory.Instance);
    }

    private async Task CloseAsync()
    {
        await _session.DisposeAsync();
        _database.Dispose();
    }
}
