using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Reception.Device.Reporting;
using Reception.Device.Storage;
using Reception.Hosting;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Device;

/// <summary>The one database of a device's program: how it is kept, and what becomes of a damaged one.</summary>
public sealed class DeviceDatabaseTests : IDisposable
{
    private static readonly Guid Boot = Guid.NewGuid();

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-database-").FullName;
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 4, 5, TimeSpan.Zero));
    private readonly Lines _lines = new();

    private string File => Path.Combine(_folder, "device.db");

    private string Aside => File + ".damaged-20261123T030405Z";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_in_wal_mode_and_every_transaction_is_on_the_disk_when_it_returns()
    {
        using var database = Open();
        Assert.Equal("wal", database.Find("PRAGMA journal_mode", row => row.GetString(0)));
        Assert.Equal(2, Synchronous());
        Assert.Equal(1, database.TransactWithoutSync(Synchronous));
        Assert.Equal(2, Synchronous());

        int Synchronous() => database.Find("PRAGMA synchronous", row => row.GetInt32(0));
    }

    [Fact]
    public void Its_files_are_the_owner_s_alone_also_where_an_earlier_version_made_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        using (Open())
        {
            AssertPrivate();
        }

        System.IO.File.SetUnixFileMode(File, everyone);
        using var database = Open();
        AssertPrivate();

        void AssertPrivate() => Assert.All(new[] { File, File + "-wal", File + "-shm" }, file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file)));
    }

    [Fact]
    public void All_tables_are_strict()
    {
        using var database = Open();
        var tables = database.Select("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'", row => (row.GetString(0), row.GetBoolean(1)));
        Assert.NotEmpty(tables);
        Assert.All(tables, table => Assert.True(table.Item2, table.Item1));
    }

    [Fact]
    public void Work_within_other_work_is_a_part_of_its_transaction()
    {
        using var database = Open();
        var store = new DeviceStore(database);
        Assert.Throws<InvalidOperationException>(() => database.Transact(() =>
        {
            Add(store, 5);
            store.AddCommand(Guid.NewGuid());
            throw new InvalidOperationException();
        }));
        Assert.Equal(0, store.CountFacts());
        Assert.Equal(1, store.NextSequence());
    }

    [Fact]
    public void What_was_kept_is_there_at_the_next_start()
    {
        using (var database = Open())
        {
            Add(new DeviceStore(database), 5);
        }

        using var again = Open();
        Assert.Null(again.Replaced);
        Assert.Equal(1, new DeviceStore(again).CountFacts());
        Assert.Empty(_lines.All);
    }

    [Fact]
    public void A_newer_schema_is_refused_with_one_line_and_left_as_it_is()
    {
        Open().Dispose();
        Execute("PRAGMA user_version = 99");
        var before = System.IO.File.ReadAllBytes(File);
        var refusal = Assert.Throws<NewerSchemaException>(Open);
        Assert.True(FolderFault.Is(refusal));
        Assert.Equal(
            $"{File}: its schema number is 99, the newest known one is 1; start the version that wrote it, or a newer one", FolderFault.Line(_folder, refusal));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("garbage")]
    [InlineData("a word")]
    [InlineData("cut")]
    [InlineData("another program's")]
    public void A_damaged_file_is_set_aside_and_told_in_one_line(string damage)
    {
        using (var database = Open())
        {
            Add(new DeviceStore(database), 5);
        }

        Damage(damage);
        var damaged = System.IO.File.ReadAllBytes(File);

        using var fresh = Open();
        Assert.Equal(Path.GetFileName(Aside), fresh.Replaced);
        Assert.Equal(damaged.Length, System.IO.File.ReadAllBytes(Aside).Length);
        var line = Assert.Single(_lines.All);
        Assert.StartsWith($"{File} is damaged (", line, StringComparison.Ordinal);
        Assert.EndsWith($"it was renamed to {Aside} and a new one is used. Reports that the hub had not answered are lost", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        var store = new DeviceStore(fresh);
        Add(store, 4);
        Assert.Equal(1, store.CountFacts());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_empty_or_gone_beside_its_wal_is_told_of_and_the_wal_is_kept_with_it(bool isGone)
    {
        using (var database = Open())
        {
            Add(new DeviceStore(database), 5);
            System.IO.File.Copy(File + "-wal", File + "-copy");
        }

        System.IO.File.Move(File + "-copy", File + "-wal");
        System.IO.File.Delete(File);
        if (!isGone)
        {
            System.IO.File.WriteAllBytes(File, []);
        }

        using var fresh = Open();
        Assert.NotNull(fresh.Replaced);
        Assert.Single(_lines.All);
        Assert.NotEmpty(System.IO.File.ReadAllBytes(Aside + "-wal"));
        Assert.Equal(0, new DeviceStore(fresh).CountFacts());
    }

    [Fact]
    public void Whatever_bit_of_it_flips_the_program_starts_and_tells_no_fact_that_was_not_kept()
    {
        using (var database = Open())
        {
            var store = new DeviceStore(database);
            for (var level = 1; level <= 5; level++)
            {
                Add(store, level);
                store.AddCommand(Guid.NewGuid());
            }

            database.Execute(
                "INSERT INTO catalog (one, tag, body, digest) VALUES (1, NULL, $body, sha256($body))", ("$body", System.Text.Encoding.UTF8.GetBytes(new string('x', 20_000))));
        }

        var whole = System.IO.File.ReadAllBytes(File);
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var chance = new Random(seed);
        var setAside = 0;
        // Each byte of the file's header, and others by chance.
        foreach (var place in Enumerable.Range(0, 100).Concat(Enumerable.Range(0, 150).Select(_ => chance.Next(100, whole.Length))))
        {
            var bit = chance.Next(8);
            if (place == 63 || (place == 62 && bit < 2))
            {
                // The schema's number, which may be a later version's.
                continue;
            }

            foreach (var file in Directory.GetFiles(_folder))
            {
                System.IO.File.Delete(file);
            }

            var flipped = whole.ToArray();
            flipped[place] ^= (byte)(1 << bit);
            System.IO.File.WriteAllBytes(File, flipped);
            try
            {
                using var database = Open();
                var store = new DeviceStore(database);
                setAside += database.Replaced is null ? 0 : 1;
                Assert.Equal(database.Replaced is null ? 5 : 0, store.CountFacts());
                for (var level = 1; database.Replaced is null && level <= 5; level++)
                {
                    var fact = store.OldestFact()!;
                    Assert.Equal((level, 1000L * level), (fact.Report.Data.GetProperty("level").GetInt32(), fact.Happened.Monotonic));
                    Assert.NotNull(store.RemoveFact(fact.Report.Id));
                }

                Add(store, 5);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Bit {bit} of byte {place} (seed {seed}): {exception}");
            }
        }

        Assert.InRange(setAside, 50, 250);
    }

    [Fact]
    public void A_flipped_bit_in_the_description_of_a_table_is_damage()
    {
        using (var database = Open())
        {
            Add(new DeviceStore(database), 5);
        }

        var whole = System.IO.File.ReadAllBytes(File);
        var column = whole.AsSpan().IndexOf("place"u8);
        Assert.True(column > 0, "the description of a table is not in the file");
        whole[column] ^= 1;
        System.IO.File.WriteAllBytes(File, whole);

        using var after = Open();
        Assert.NotNull(after.Replaced);
        Add(new DeviceStore(after), 5);
    }

    [Fact]
    public void Damage_that_is_met_while_the_program_runs_is_told_and_the_next_start_sets_the_file_aside()
    {
        using (var database = Open())
        {
            Add(new DeviceStore(database), 5);
        }

        using (var database = Open())
        {
            Assert.False(database.Damage.IsCompleted);
            var pageSize = database.Find("PRAGMA page_size", row => row.GetInt32(0));
            var root = database.Find("SELECT rootpage FROM sqlite_schema WHERE name = 'fact'", row => row.GetInt32(0));
            using (var file = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                file.Position = (long)(root - 1) * pageSize;
                file.Write(new byte[pageSize]);
            }

            database.Execute("PRAGMA shrink_memory");
            Assert.Throws<SqliteException>(() => new DeviceStore(database).OldestFact());
            Assert.True(database.Damage.IsFaulted);
        }

        using var fresh = Open();
        Assert.NotNull(fresh.Replaced);
    }

    [Fact]
    public void A_folder_where_a_file_can_not_be_opened_is_no_damage()
    {
        Directory.CreateDirectory(File);
        Assert.True(FolderFault.Is(Assert.Throws<SqliteException>(Open)));
        Assert.Empty(_lines.All);
    }

    private static void Add(DeviceStore store, int level)
    {
        var id = Guid.CreateVersion7();
        var moment = new Moment(DateTimeOffset.UnixEpoch, 1000 * level, Boot);
        store.AddFact(id, sequence => ReportWriter.Make(id, sequence, moment, ReportTypes.RatingPressed, new { level }));
    }

    private DeviceDatabase Open() => DeviceDatabase.Open(_folder, _clock, _lines);

    private void Damage(string damage)
    {
        switch (damage)
        {
            case "empty":
                System.IO.File.WriteAllBytes(File, []);
                break;
            case "garbage":
                var garbage = new byte[20_000];
                new Random(41).NextBytes(garbage);
                System.IO.File.WriteAllBytes(File, garbage);
                break;
            case "a word":
                System.IO.File.WriteAllText(File, "garbage");
                break;
            case "cut":
                using (var file = System.IO.File.OpenWrite(File))
                {
                    file.SetLength(file.Length / 2);
                }

                break;
            default:
                System.IO.File.Delete(File);
                Execute("CREATE TABLE fact (x)");
                break;
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The log's lines.</summary>
    private sealed class Lines : ILogger<DeviceDatabase>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> All => _lines;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));
    }
}
