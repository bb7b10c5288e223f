using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Commands;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Staff;
using Reception.Hub.Tools;
using Reception.Unit.Tests.Journal;
using Xunit;
using static Reception.Unit.Tests.Journal.WritingHall;

namespace Reception.Unit.Tests.Record;

/// <summary>Whoever edits the database is found, whatever they edit; and the read tables are made anew.</summary>
public sealed class VerificationTests : IDisposable
{
    private const string Edit = "UPDATE journal SET body = replace(body, '\"level\":1', '\"level\":5') WHERE sequence = (SELECT min(sequence) FROM journal WHERE kind = 'rating.recorded')";

    private readonly WritingHall _hall = new();

    /// <summary>Two days that are over, and one that goes on.</summary>
    public VerificationTests()
    {
        for (var day = 0; day < 3; day++)
        {
            _hall.SignIn(1, Anh);
            for (var visit = 0; visit < 4; visit++)
            {
                _hall.Serve(visit % 2 == 0 ? "HT" : "CT");
                _hall.Pass(60);
                _hall.Press(1 + visit);
                _hall.Finish();
                _hall.Pass(1);
                _hall.Press(2 + visit);
                _hall.Pass(120);
            }

            _hall.Take();
            _hall.Must(new ResetPin(Anh, "hash", "ld01"));
            if (day < 2)
            {
                _hall.Clock.Advance(TimeSpan.FromHours(24));
                _hall.Commit();
            }
        }

        _hall.Mark();
    }

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void A_record_that_nobody_touched_has_no_finding_and_a_restart_changes_nothing()
    {
        Assert.Empty(Findings());
        _hall.Restart();
        Assert.Empty(Findings());
        Assert.Empty(Verification.Run(_hall.Folder, days: 1).Findings);
        Assert.True(Verification.Run(_hall.Folder, days: 2).Rows < Verification.Run(_hall.Folder).Rows);
    }

    [Theory]
    [InlineData("changed body", Edit, "does not fit its hash")]
    [InlineData("changed instant", "UPDATE journal SET at = at + 1 WHERE sequence = 9", "row 9 does not fit its hash")]
    [InlineData("changed day", "UPDATE journal SET day = day + 1 WHERE sequence = 9", "row 9 does not fit its hash")]
    [InlineData("deleted row", "DELETE FROM journal WHERE sequence = 9", "row 9 is missing")]
    [InlineData("deleted last row", "DELETE FROM journal WHERE sequence = (SELECT max(sequence) FROM journal)", "1 are missing")]
    [InlineData("swapped rows", """
        UPDATE journal SET sequence = -9 WHERE sequence = 9; UPDATE journal SET sequence = 9 WHERE sequence = 10; UPDATE journal SET sequence = 10 WHERE sequence = -9
        """, "row 9 does not fit its hash")]
    [InlineData("edited roll-up", "UPDATE officer_day SET level5 = level5 + 1 WHERE day = 20261124", "table officer_day: 20261124 cb01 is not what the journal gives")]
    [InlineData("added roll-up", "INSERT INTO officer_day VALUES (20261124, 'cb09', 1, 1, 0, 0, 0, 0, 1, 0, 0, 0)", "table officer_day: 20261124 cb09 is not in the journal")]
    [InlineData("edited hour", "UPDATE service_hour SET served = served + 1", "table service_hour")]
    [InlineData("edited rating", "UPDATE rating SET level = 5 WHERE id = (SELECT min(id) FROM rating)", "is not what the journal gives")]
    [InlineData("deleted rating", "DELETE FROM rating WHERE id = (SELECT min(id) FROM rating)", "is missing")]
    [InlineData("edited visit", "UPDATE stay SET officer = 'cb02' WHERE id = (SELECT min(id) FROM stay)", "table stay")]
    [InlineData("edited duty", "UPDATE duty SET from_at = from_at - 60000", "table duty")]
    [InlineData("edited reasons", "UPDATE reason_day SET ratings = 0", "table reason_day")]
    [InlineData("deleted day", "DELETE FROM day WHERE day = 20261123", "table day: 20261123 is missing")]
    [InlineData("changed audit entry", "DROP TRIGGER audit_stays; UPDATE audit SET new = 'x' WHERE sequence = (SELECT min(sequence) FROM audit)", "was changed")]
    [InlineData("deleted audit entry", "DROP TRIGGER audit_remains; DELETE FROM audit WHERE sequence = (SELECT min(sequence) FROM audit)", "audit log: the entry of row")]
    [InlineData("added audit entry", "INSERT INTO audit VALUES (2, 0, 'qt01', 'x', NULL, NULL)", "the entry of row 2 is not in the journal")]
    [InlineData("unreadable body", "UPDATE journal SET body = '{' WHERE sequence = 9", "can't be checked")]
    public void Each_edit_is_found(string what, string sql, string finding)
    {
        Execute(sql);

        var findings = Findings();
        Assert.True(findings.Exists(found => found.Contains(finding, StringComparison.Ordinal)), $"{what}: {string.Join(" | ", findings)}");
    }

    [Fact]
    public void A_chain_that_was_computed_again_over_edited_rows_is_found_by_the_seals_of_its_days()
    {
        Execute(Edit);
        Rechain();

        Assert.Contains(Findings(), found => found.StartsWith("day 2026-11-23: its seal does not fit", StringComparison.Ordinal));
        Assert.DoesNotContain(Findings(), found => found.Contains("does not fit its hash", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chain_that_was_computed_again_over_todays_rows_is_found_by_the_mark()
    {
        Execute("UPDATE journal SET body = replace(body, '\"level\":5', '\"level\":4') WHERE sequence = (SELECT max(sequence) FROM journal WHERE kind = 'rating.changed')");
        Rechain();

        Assert.Contains(Findings(), found => found.Contains("the chain was computed again", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mark_that_is_missing_or_forged_is_found()
    {
        var mark = HighWaterMark.Read(_hall.Folder)!;
        (mark with { Sequence = mark.Sequence - 1 }).Write(_hall.Folder);
        Assert.Contains(Findings(), found => found == "journal.mark: its seal does not fit");
        HighWaterMark.Remove(_hall.Folder);
        Assert.StartsWith("journal.mark: it is missing", Assert.Single(Findings()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_province_and_a_printed_sheet_have_is_compared()
    {
        string Chain(long sequence) => Convert.ToHexStringLower(_hall.Query<byte[]>($"SELECT chain FROM journal WHERE sequence = {sequence}"));
        var events = JsonSerializer.Serialize(new[] { new { sequence = "7", chain = Chain(7) }, new { sequence = "8", chain = Chain(8) } });
        var day = _hall.Query<string>("SELECT body ->> 'chain' FROM journal WHERE kind = 'day.closed' ORDER BY sequence LIMIT 1");
        Assert.Empty(Against(events));
        Assert.Empty(Against($"2026-11-23 {day[..4]}-{day[4..8]}-{day[8..12]}-{day[12..16]}\n"));

        Assert.Contains("row 7 has another hash than the file", Against(events.Replace(Chain(7), Chain(6), StringComparison.Ordinal))[0], StringComparison.Ordinal);
        Assert.Contains("row 99999 is missing, which the file has", Against(events.Replace("\"8\"", "\"99999\"", StringComparison.Ordinal))[0], StringComparison.Ordinal);
        Assert.Contains("its closing hash is", Against($"2026-11-23 {new string('0', 16)}")[0], StringComparison.Ordinal);
        foreach (var wrong in new[] { "2026-11-23", "23/11/2026 3f2a-90bc-11d7-0a4e", "2026-11-23 3f2a", "[{}]", "{\"sequence\":\"1\"}" })
        {
            Assert.StartsWith("--against: ", Assert.Throws<StartException>(() => KeptHashes.Parse(wrong, "the file")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_day_that_is_over_is_closed_with_its_figures()
    {
        var closed = Assert.IsType<DayClosed>(EventBodies.Read(
            "day.closed", default, _hall.Query<string>("SELECT body FROM journal WHERE kind = 'day.closed' ORDER BY sequence LIMIT 1")));

        Assert.Equal(new DayTickets(Issued: 5, Served: 4, NoShow: 0, Cancelled: 0, Expired: 1), closed.Tickets);
        var officer = Assert.Single(closed.Officers);
        Assert.Equal((Anh, 4, "0,1,1,1,1"), (officer.Officer, officer.Served, string.Join(',', officer.Levels)));
        Assert.Equal(closed.Last + 1, _hall.Query<long>("SELECT sequence FROM journal WHERE kind = 'day.closed' ORDER BY sequence LIMIT 1"));
    }

    [Fact]
    public async Task The_read_tables_are_made_anew_and_links_stay()
    {
        var link = _hall.Query<string>("SELECT link FROM ticket WHERE link IS NOT NULL ORDER BY id DESC LIMIT 1");
        Execute("UPDATE officer_day SET level5 = 99; DELETE FROM stay WHERE id = (SELECT min(id) FROM stay); UPDATE rating SET level = 1; UPDATE ticket SET state = 'waiting'");
        Assert.NotEmpty(Findings());

        Assert.Equal((0, "The read tables are what the journal gives.\n"), await RunAsync("rebuild", "--data", _hall.Folder));
        Assert.Empty(Findings());
        Assert.Equal(link, _hall.Query<string>("SELECT link FROM ticket WHERE link IS NOT NULL ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task The_command_gives_a_line_for_each_finding_and_the_exit_code()
    {
        var rows = _hall.Query<long>("SELECT count(*) FROM journal");
        Assert.Equal((0, $"{rows} rows verified, 0 findings.\n"), await RunAsync("verify", "--data", _hall.Folder));
        Execute("UPDATE rating SET level = 5 WHERE id = (SELECT min(id) FROM rating)");
        var (code, said) = await RunAsync("verify", "--data", _hall.Folder);

        Assert.Equal(1, code);
        Assert.Matches($"^table rating: [0-9a-f]{{32}} is not what the journal gives\n{rows} rows verified, 1 findings\\.\n$", said);
    }

    [Fact]
    public async Task Rows_that_are_lost_are_accepted_by_a_person_and_no_number_is_given_twice()
    {
        var next = _hall.State.Services["HT"].Issued + 1;
        var mark = HighWaterMark.Read(_hall.Folder)!;
        Execute("""
            DELETE FROM journal WHERE sequence >= (SELECT max(sequence) - 30 FROM journal);
            DROP TRIGGER audit_remains;
            DELETE FROM audit WHERE sequence > (SELECT max(sequence) FROM journal);
            """);
        Assert.Equal(1, (await RunAsync("rebuild", "--data", _hall.Folder)).Code);
        Assert.Contains("31 are lost", mark.LossIn(_hall.Connection), StringComparison.Ordinal);

        var (code, said) = await RunAsync("accept-loss", "--data", _hall.Folder);
        Assert.Equal((0, "Accepted: the journal ends at"), (code, said[..29]));
        _hall.Restart();
        Assert.Equal($"A{next:000}", _hall.Must(_hall.Request()).GetProperty("number").GetString());
        _hall.Mark();
        Assert.Empty(Findings());
        Assert.Equal("journal.lost", _hall.Query<string>("SELECT part FROM audit ORDER BY sequence DESC LIMIT 1"));
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] words)
    {
        var (output, error) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var code = await CommandLine.RunAsync(words, output, error);
        return (code, $"{output}{error}".Replace(Environment.NewLine, "\n", StringComparison.Ordinal));
    }

    private List<string> Findings() => [.. Verification.Run(_hall.Folder).Findings.Select(finding => finding.Text)];

    private List<string> Against(string text) =>
        [.. Verification.Run(_hall.Folder, null, KeptHashes.Parse(text, "the file")).Findings.Select(finding => finding.Text)];

    private void Execute(string sql) => _hall.Connection.Execute(sql);

    /// <summary>Computes the whole chain again, as somebody would who edits a row and knows how.</summary>
    private void Rechain()
    {
        var before = new byte[Chain.Length];
        foreach (var row in _hall.Connection.Query<(long Sequence, long At, long Day, string Kind, string Body)>("SELECT sequence, at, day, kind, body FROM journal ORDER BY sequence").AsList())
        {
            var body = row.Body;
            if (row.Kind == "day.closed")
            {
                body = body.Replace(
                    JsonDocument.Parse(body).RootElement.GetProperty("chain").GetString()!, Convert.ToHexStringLower(before), StringComparison.Ordinal);
            }

            before = Chain.Next(before, row.Sequence, row.At, (int)row.Day, row.Kind, body);
            _hall.Connection.Execute("UPDATE journal SET chain = @before, body = @body WHERE sequence = @Sequence", new { before, body, row.Sequence });
        }
    }
}
