using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Province;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Province;

/// <summary>A journal on a real disk, a forwarder that can be killed and started again, a province that answers by script.</summary>
internal sealed class ForwardedHall : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("province-").FullName;
    private SqliteConnection _journal;
    private readonly List<IDisposable> _parts = [];
    private readonly Lock _one = new();
    private long _sequence;
    private int _history = 1;
    private int _starts;

    private ForwardedHall(ScriptedProvince province)
    {
        Province = province;
        Options = new ProvinceOptions { Address = province.Address };
        _journal = OpenJournal();
        Execute("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = OFF;
            """);
    }

    public ScriptedProvince Province { get; }

    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    public ForwarderSignal Signal { get; private set; } = new();

    public ProvinceOptions Options { get; set; }

    public Forwarder Forwarder { get; private set; } = null!;

    /// <summary>Put into every event's data; a new version of the hub that writes other bytes.</summary>
    public string Version { get; set; } = "1";

    public static async Task<ForwardedHall> OpenAsync() => new(await ScriptedProvince.StartAsync());

    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>Commits rows, as the hub's writer does, and tells the forwarder.</summary>
    public void Commit(int rows, int bodyBytes = 0, string kind = "ticket.issued", bool signal = true)
    {
        lock (_one)
        {
            using var transaction = _journal.BeginTransaction();
            for (var row = 0; row < rows; row++)
            {
                _sequence++;
                var body = $$"""{"ticket":"t{{_sequence}}-{{_history}}","fill":"{{new string('x', bodyBytes)}}"}""";
                using var command = _journal.CreateCommand();
                command.CommandText = "INSERT INTO journal VALUES ($sequence, $at, 20261123, $kind, $body, $chain)";
                command.Parameters.AddWithValue("$sequence", _sequence);
                command.Parameters.AddWithValue("$at", Clock.GetUtcNow().ToUnixTimeMilliseconds());
                command.Parameters.AddWithValue("$kind", kind);
                command.Parameters.AddWithValue("$body", body);
                command.Parameters.AddWithValue("$chain", SHA256.HashData(Encoding.UTF8.GetBytes(body)));
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        if (signal)
        {
            Signal.Set();
        }
    }

    public void UseToken()
    {
        System.IO.File.WriteAllText(File("client.secret"), "s3cret\n");
        System.IO.File.SetUnixFileMode(File("client.secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Options = Options with { TokenAddress = Province.TokenAddress, ClientId = "ward-1", ClientSecretFile = File("client.secret") };
        Assert.Null(Options.Fault());
    }

    public void BackUp() => Execute($"VACUUM INTO '{File("backup.db")}'");

    /// <summary>Puts the backup in the journal's place; what is committed from now on is another history.</summary>
    public void Restore()
    {
        // The writer's connection is the last to go: a reader's leaves the write-ahead log behind.
        SqliteConnection.ClearAllPools();
        _journal.Dispose();
        System.IO.File.Move(File("backup.db"), File("hub.db"), overwrite: true);
        _journal = OpenJournal();
        Execute("PRAGMA journal_mode = WAL");
        using var command = _journal.CreateCommand();
        command.CommandText = "SELECT max(sequence) FROM journal";
        _sequence = (long)command.ExecuteScalar()!;
        _history++;
    }

    /// <summary>How many rows a table has.</summary>
    public long Count(string table)
    {
        using var connection = Database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    public Guid Journal()
    {
        using var connection = Database.OpenReader();
        return JournalIdentity.Read(connection);
    }

    public async Task StartAsync()
    {
        Signal = new ForwarderSignal();
        var store = new ProvinceStore(Database.OpenReader, CommitAsync);
        var exchange = new Exchange(Clock);
        Forwarder = new Forwarder(
            Options,
            store,
            new JournalPages(Database.OpenReader),
            new ProvinceLine(Options, exchange, Clock),
            Render,
            Signal,
            Clock,
            new Random(++_starts),
            NullLogger<Forwarder>.Instance);
        _parts.AddRange([exchange, Forwarder]);
        await Forwarder.StartAsync(CancellationToken.None);
    }

    /// <summary>The process ends wherever it is: nothing is written on the way out.</summary>
    public async Task KillAsync()
    {
        await Forwarder.StopAsync(CancellationToken.None);
        _parts.ForEach(part => part.Dispose());
        _parts.Clear();
    }

    /// <summary>Waits until the forwarder has nothing to do.</summary>
    public async Task<ProvinceStatus> DrainedAsync()
    {
        await Clock.WaitAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        return Forwarder.Status();
    }

    public async ValueTask DisposeAsync()
    {
        await Province.DisposeAsync();
        if (_parts.Count > 0)
        {
            await KillAsync();
        }

        _journal.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private CloudEvent? Render(JournalRow row) => row.Kind == "day.opened"
        ? null
        : CloudEvent.Of(row, "w1", "t" + row.Sequence, Encoding.UTF8.GetBytes(row.Body[..^1] + ",\"version\":\"" + Version + "\"}"));

    private HubDatabase Database => new(_folder);

    private SqliteConnection OpenJournal() => Database.OpenWriter();

    private Task CommitAsync(Action<SqliteConnection, SqliteTransaction> write)
    {
        lock (_one)
        {
            using var transaction = _journal.BeginTransaction();
            write(_journal, transaction);
            transaction.Commit();
        }

        return Task.CompletedTask;
    }

    private void Execute(string sql)
    {
        using var command = _journal.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
