using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Protocol;

namespace Reception.Hub.Site;

/// <summary>The set-up's database, <c>setup.db</c>: the technician's commands write it while the hub runs, the hub rereads it.</summary>
internal sealed class SetupBook : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SiteRules _rules;
    private volatile HallSetup? _current;
    private long _seen;

    private SetupBook(SqliteConnection connection, SiteRules rules)
    {
        (_connection, _rules) = (connection, rules);
        connection.Execute("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS site(id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL, demonstration INTEGER NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS account(code TEXT PRIMARY KEY, pin_hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS device(
              id TEXT PRIMARY KEY, kind TEXT NOT NULL, counter INTEGER, verifier TEXT NOT NULL, added_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            -- Who changed what: it only grows.
            CREATE TABLE IF NOT EXISTS change(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, officer TEXT, part TEXT NOT NULL, old TEXT, new TEXT) STRICT;
            -- Lines that came from the journal's database, so that none comes twice.
            CREATE TABLE IF NOT EXISTS carried(id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
            CREATE TRIGGER IF NOT EXISTS change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'a kept change is never altered'); END;
            CREATE TRIGGER IF NOT EXISTS change_remains BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'a kept change is never removed'); END;
            """);
    }

    /// <summary>Raised after the set-up was read again; handlers return at once.</summary>
    public event Action? Changed;

    /// <summary>The set-up as it was last read.</summary>
    public HallSetup Current => _current ?? throw new StartException("data: no hall is set up here. Run `hub setup` first.");

    public bool HasHall => _current is not null;

    /// <summary>Opens the set-up of a data folder, making an empty one where there is none.</summary>
    public static SetupBook Open(string folder, SiteRules? rules = null)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "setup.db"),
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        connection.Open();
        var book = new SetupBook(connection, rules ?? SiteRules.OfFile);
        book.Read();
        return book;
    }

    /// <summary>Reads the set-up again where another process changed it; true where it did.</summary>
    public bool Refresh()
    {
        lock (_connection)
        {
            if (_connection.ExecuteScalar<long>("PRAGMA data_version") == _seen)
            {
                return false;
            }

            Read();
            return true;
        }
    }

    /// <summary>Why a hall file can't be in force now, or null.</summary>
    public SetupFault? Fault(HallFile next, HallState hall) =>
        SetupFaults.Of(next.ToSetup(_rules), hall, Current.File.RenamedIn(next)).FirstOrDefault()
        ?? hall.Counters.Values.Where(counter => counter.Officer is { } code && !next.Officers.Any(officer => officer.Code == code && officer is { Role: Roles.Officer, Left: false }))
            .Select(counter => new SetupFault(
                $"officers.{counter.Officer}",
                $"đang trực quầy {counter.Number}; hãy đổi khi người đó đã rời quầy",
                $"on duty at counter {counter.Number}; change it when they have left the counter"))
            .FirstOrDefault();

    /// <summary>How many who wait now a hall file would call in another order.</summary>
    public int Reorders(HallFile next, HallState hall) => next.ToSetup(_rules).Reorders(hall);

    /// <summary>Makes several changes one: all of them are kept, or none.</summary>
    public void Together(Action change)
    {
        lock (_connection)
        {
            _connection.Execute("SAVEPOINT together");
            try
            {
                change();
                _connection.Execute("RELEASE together");
            }
            catch
            {
                _connection.Execute("ROLLBACK TO together; RELEASE together");
                throw;
            }
        }
    }

    /// <summary>Keeps the hall and its names, and what changed of them where it is said who did.</summary>
    public void SetHall(HallFile file, bool demonstration, Author? by = null) => Together(() =>
    {
        if (by is not null && HasHall)
        {
            SetupChanges.Between(Current.File, file).ToList().ForEach(change => Keep(change, by));
        }

        _connection.Execute(
            "INSERT INTO site(id, body, demonstration) VALUES (1, @body, @demonstration) ON CONFLICT(id) DO UPDATE SET body = @body, demonstration = @demonstration",
            new { body = JsonSerializer.Serialize(file, ProtocolJson.Options), demonstration });
        Read();
    });

    /// <summary>Keeps the hash of an officer's PIN; that it changed is told, what it is never.</summary>
    public void SetPin(string code, string hash, Author? by = null) => Together(() =>
    {
        if (by is not null)
        {
            Keep(new SetupChange($"officers.{code}.pin", null, null), by);
        }

        _connection.Execute("INSERT INTO account(code, pin_hash) VALUES (@code, @hash) ON CONFLICT(code) DO UPDATE SET pin_hash = @hash", new { code, hash });
        Read();
    });

    /// <summary>Keeps lines about what is not of the set-up itself; one that was kept before is passed over.</summary>
    public void KeepOnce(IEnumerable<TrailLine> lines) => Together(() =>
    {
        foreach (var line in lines)
        {
            if (_connection.Execute("INSERT OR IGNORE INTO carried(id) VALUES (@id)", new { id = line.Id.ToByteArray(bigEndian: true) }) == 1)
            {
                Keep(line.Change, line.By);
            }
        }
    });

    /// <summary>The newest changes, newest first, of before one of them.</summary>
    public IReadOnlyList<KeptChange> Changes(int most, long? before = null)
    {
        lock (_connection)
        {
            return [.. _connection.Query<(long Id, long At, string? Officer, string Part, string? Old, string? New)>(
                    "SELECT id, at, officer, part, old, new FROM change WHERE id < @before ORDER BY id DESC LIMIT @most",
                    new { before = before ?? long.MaxValue, most })
                .Select(row => new KeptChange(row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Officer, new SetupChange(row.Part, row.Old, row.New)))];
        }
    }

    public void AddDevice(Device device, DateTimeOffset now)
    {
        _connection.Execute(
            """
            INSERT INTO device(id, kind, counter, verifier, added_at) VALUES (@Id, @Kind, @Counter, @SecretHash, @at)
            ON CONFLICT(id) DO UPDATE SET kind = @Kind, counter = @Counter, verifier = @SecretHash, added_at = @at
            """,
            new { device.Id, device.Kind, device.Counter, device.SecretHash, at = now.ToUnixTimeMilliseconds() });
        Read();
    }

    /// <summary>Takes a device out; false where there is none.</summary>
    public bool RemoveDevice(string id)
    {
        var removed = _connection.Execute("DELETE FROM device WHERE id = @id", new { id }) > 0;
        Read();
        return removed;
    }

    public void Dispose() => _connection.Dispose();

    private void Keep(SetupChange change, Author by) => _connection.Execute(
        "INSERT INTO change(at, officer, part, old, new) VALUES (@at, @Officer, @Part, @Old, @New)",
        new { at = by.At.ToUnixTimeMilliseconds(), by.Officer, change.Part, change.Old, change.New });

    private void Read()
    {
        _seen = _connection.ExecuteScalar<long>("PRAGMA data_version");
        var site = _connection.QuerySingleOrDefault<(string Body, long Demonstration)?>("SELECT body, demonstration FROM site");
        if (site is not { } row)
        {
            return;
        }

        var pins = _connection.Query<(string Code, string Hash)>("SELECT code, pin_hash FROM account").ToImmutableDictionary(pin => pin.Code, pin => pin.Hash);
        var devices = _connection.Query<(string Id, string Kind, long? Counter, string Verifier)>("SELECT id, kind, counter, verifier FROM device")
            .ToImmutableSortedDictionary(
                device => device.Id,
                device => new Device(device.Id, device.Kind, (int?)device.Counter, device.Verifier),
                StringComparer.Ordinal);
        _current = new HallSetup(
            HallFile.Parse(System.Text.Encoding.UTF8.GetBytes(row.Body)), row.Demonstration != 0, pins, devices, _rules);
        Changed?.Invoke();
    }
}
