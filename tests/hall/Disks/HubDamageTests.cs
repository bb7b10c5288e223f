using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests;

namespace Reception.Hall.Tests.Disks;

/// <summary>The hub's database was damaged while no hub ran: a line names it, or the record's verification does.</summary>
[Collection(Alone.Name)]
public sealed class HubDamageTests(HubDamageTests.StoppedHall stopped) : IClassFixture<HubDamageTests.StoppedHall>
{
    private static readonly int Rounds = Effort.Of(usual: 8, all: 60);

    private readonly RunningHall _hall = stopped.Hall;

    [Fact]
    public async Task A_flipped_bit_anywhere_is_named_or_changes_nothing()
    {
        var seed = Seed.Next();
        var chance = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var path = await stopped.ResetAsync();
            var page = chance.Next((int)(new FileInfo(path).Length / DamagedFile.Page));
            // Every second time in the head of a page, by which SQLite finds the rest.
            var at = (page * DamagedFile.Page) + (round % 2 == 0 ? chance.Next(DamagedFile.Page) : (page == 0 ? 100 : 0) + chance.Next(12));
            DamagedFile.Flip(path, at, chance.Next(8));
            await DemandNamedOrWholeAsync($"seed {seed}, round {round}, byte {at}");
        }
    }

    [Fact]
    public async Task A_flipped_bit_in_a_row_of_the_journal_is_named_by_its_sequence()
    {
        var path = await stopped.ResetAsync();
        var (sequence, body) = stopped.Read<(long, string)>(
            "SELECT sequence, body FROM journal WHERE kind = 'ticket.issued' ORDER BY sequence LIMIT 1");
        foreach (var place in DamagedFile.Places(path, Encoding.UTF8.GetBytes(body)))
        {
            DamagedFile.Flip(path, place + body.IndexOf("A001", StringComparison.Ordinal) + 3, bit: 1);
        }

        var (code, said) = await Typed.HubAsync("verify", "--data", _hall.Folder);

        Assert.Equal(1, code);
        Assert.Contains($"journal: row {sequence} does not fit its hash", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_bit_in_the_text_of_the_schema_is_one_line()
    {
        var path = await stopped.ResetAsync();
        foreach (var place in DamagedFile.Places(path, "BLOB CHECK (length(rating) = 16)"u8))
        {
            DamagedFile.Flip(path, place - 1, bit: 6);
        }

        DemandRefused(await EndedAsync(), "hub.db is damaged (SQLite Error 11: 'malformed database schema");
    }

    [Fact]
    public async Task A_flipped_bit_in_the_kind_of_an_event_is_one_line()
    {
        var path = await stopped.ResetAsync();
        foreach (var place in DamagedFile.Places(path, "ticket.issued"u8))
        {
            DamagedFile.Flip(path, place + "ticket.".Length, bit: 0);
        }

        DemandRefused(await EndedAsync(), "If the file is damaged, restore a backup with `hub restore`.");
    }

    [Fact]
    public async Task A_damaged_page_that_only_requests_read_is_told_once_and_refused_each_time()
    {
        var path = await stopped.ResetAsync();
        var page = stopped.Read<long>("SELECT rootpage FROM sqlite_schema WHERE name = 'province'");
        DamagedFile.Flip(path, (page - 1) * DamagedFile.Page, bit: 2);
        var run = _hall.LaunchHub();
        await Eventually.TrueAsync(IsNamedAsync, () => run.All, TimeSpan.FromSeconds(60));
        for (var request = 0; request < 3; request++)
        {
            Assert.Equal(503, (await _hall.Anyone.GetAsync("/readyz")).Status);
        }

        Assert.Single(run.Said, line => line.Contains("hub.db is damaged", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.All, StringComparison.Ordinal);

        async Task<bool> IsNamedAsync()
        {
            await ApiClient.IsReadyAsync(_hall.HttpPort);
            return IsNamed(run);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.8)]
    [InlineData(0.999)]
    public async Task A_truncated_database_is_one_line_with_the_command_that_restores_it(double part)
    {
        var path = await stopped.ResetAsync();
        DamagedFile.Truncate(path, (long)(new FileInfo(path).Length * part));
        DemandRefused(await EndedAsync(), part == 0 ? "is empty, and a hall was here" : "hub.db is damaged");
    }

    [Fact]
    public async Task A_lost_wal_file_is_named_with_the_rows_that_are_gone_and_nothing_starts_before_a_person_accepts()
    {
        await stopped.ResetAsync();
        await _hall.StartHubAsync();
        var before = (int)stopped.Read<long>("SELECT count(*) FROM ticket");
        for (var ticket = 0; ticket < 3; ticket++)
        {
            (await _hall.Client("bench-1").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Ok(201);
        }

        await stopped.MarkedAsync();
        await _hall.KillHubAsync();
        File.Delete(stopped.Path + "-wal");

        var line = DemandRefused(await EndedAsync(), "are lost. Restore a backup with `hub restore`");
        Assert.Contains($"hub accept-loss --data {_hall.Folder}", line, StringComparison.Ordinal);
        var (code, said) = await Typed.HubAsync("accept-loss", "--data", _hall.Folder);
        Assert.True(code == 0, said);
        await _hall.StartHubAsync();
        var next = (await _hall.Client("bench-1").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Ok(201);
        Assert.Equal($"A{before + 4:000}", next.GetProperty("number").GetString());
    }

    /// <summary>The hub refuses to start in a line, or verification names the damage, or all of the record is as it was.</summary>
    private async Task DemandNamedOrWholeAsync(string where)
    {
        var run = _hall.LaunchHub();
        await Eventually.TrueAsync(
            async () => run.HasEnded || IsNamed(run) || await ApiClient.IsReadyAsync(_hall.HttpPort),
            () => $"{where}: {run.All}",
            TimeSpan.FromSeconds(60));
        if (run.HasEnded)
        {
            DemandRefused(run, "estore a backup with `hub restore`");
            return;
        }

        var (code, said) = await Spawned.RunAsync("hub", "verify", "--data", _hall.Folder);
        await _hall.KillHubAsync();
        Assert.DoesNotContain("   at ", run.All + said, StringComparison.Ordinal);
        Assert.True(code != 0 || stopped.Tickets() == stopped.TicketsBefore, $"{where}: the record is another one, and none says so. {said}");
    }

    private static bool IsNamed(Spawned run) => run.All.Contains("is damaged", StringComparison.Ordinal);

    private async Task<Spawned> EndedAsync()
    {
        var run = _hall.LaunchHub();
        await run.EndedAsync();
        return run;
    }

    /// <summary>It ended with one line, which it gives.</summary>
    private static string DemandRefused(Spawned run, string words)
    {
        Assert.True(run.ExitCode is 1 or 2 && run.Said.Count == 1, $"It ended with {run.ExitCode} and said:\n{run.All}");
        Assert.Contains(words, run.All, StringComparison.Ordinal);
        return run.All;
    }

    /// <summary>A hall with a day's tickets whose hub is stopped, to be damaged again and again.</summary>
    public sealed class StoppedHall : IAsyncLifetime
    {
        private const int Given = 20;

        private readonly string _copy = Directory.CreateTempSubdirectory("reception-whole-").FullName;

        internal RunningHall Hall { get; private set; } = null!;

        internal string Path => System.IO.Path.Combine(Hall.Folder, "hub.db");

        internal string TicketsBefore { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Hall = await RunningHall.StartAsync(HallPlan.Json(1));
            for (var ticket = 0; ticket < Given; ticket++)
            {
                (await Hall.Client("bench-1").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Ok(201);
            }

            await Hall.StopHubAsync();
            DamagedFile.Settle(Path);
            TicketsBefore = Tickets();
            foreach (var file in new[] { "hub.db", "journal.mark" })
            {
                File.Copy(System.IO.Path.Combine(Hall.Folder, file), System.IO.Path.Combine(_copy, file));
            }
        }

        public async ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            await Hall.DisposeAsync();
            Directory.Delete(_copy, recursive: true);
        }

        /// <summary>The database is whole again; gives its path.</summary>
        internal async Task<string> ResetAsync()
        {
            await Hall.KillHubAsync();
            File.Delete(Path + "-wal");
            File.Delete(Path + "-shm");
            foreach (var file in Directory.GetFiles(_copy))
            {
                File.Copy(file, System.IO.Path.Combine(Hall.Folder, System.IO.Path.GetFileName(file)), overwrite: true);
            }

            return Path;
        }

        internal string Tickets() =>
            Read<string>("SELECT group_concat(number || state || body, ' ') FROM (SELECT * FROM ticket ORDER BY number)");

        internal T Read<T>(string sql)
        {
            using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
            return connection.QuerySingle<T>(sql);
        }

        /// <summary>Waits until the mark beside the database has its newest row.</summary>
        internal Task MarkedAsync() => Eventually.TrueAsync(
            () => File.ReadAllText(System.IO.Path.Combine(Hall.Folder, "journal.mark"))
                .Contains($"\"sequence\":{Read<long>("SELECT max(sequence) FROM journal")},", StringComparison.Ordinal),
            () => "no mark");
    }
}
