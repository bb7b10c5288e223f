using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Demonstration;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Site;
using Reception.Hub.Tools;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Demonstration;

/// <summary>The simulated past of a demonstration hall: by the hub's own commands, believable, and whole or not there.</summary>
public sealed class HistoryTests : IDisposable
{
    /// <summary>Of the 20 calendar days before it, 11 are working days.</summary>
    private static readonly DateTimeOffset Present = DateTimeOffset.Parse("2026-05-11T10:00:00+07:00", CultureInfo.InvariantCulture);

    private static readonly HistoryLength Length = HistoryLength.Parse("20d");

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-history-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_history_is_verified_and_nobody_comes_on_a_day_off()
    {
        Make(_folder);
        var result = Verification.Run(_folder, isAlone: true);
        Assert.Empty(result.Findings.Select(finding => finding.Text));
        Assert.True(result.Rows > 10_000, $"{result.Rows} rows");
        Assert.Equal(20, Read<long>("SELECT count(*) FROM day"));
        var days = Rows<int>("SELECT DISTINCT day FROM ticket ORDER BY day").Select(DayNumber.ToDay).ToList();
        Assert.Equal(11, days.Count);
        Assert.DoesNotContain(new DateOnly(2026, 4, 27), days);
        Assert.DoesNotContain(new DateOnly(2026, 5, 1), days);
        Assert.All(days, day => Assert.True(day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));
    }

    [Fact]
    public void Its_days_are_those_of_a_busy_hall()
    {
        Make(_folder);
        Assert.All(Rows<long>("SELECT count(*) FROM ticket GROUP BY day"), tickets => Assert.InRange(tickets, 120, 320));
        Assert.InRange(Read<double>("SELECT avg(called_at - queued_at) / 60000.0 FROM stay"), 5, 30);
        Assert.InRange(Read<double>("SELECT 1.0 * (SELECT sum(attributed) FROM rating) / sum(ending = 'served') FROM stay"), 0.55, 0.68);
        Assert.InRange(Read<double>("SELECT avg(level) FROM rating"), 3.9, 4.6);
        var officers = Rows<double>("SELECT avg(level) FROM rating WHERE attributed GROUP BY officer").Order().ToList();
        Assert.Equal(5, officers.Count);
        Assert.True(officers[^1] - officers[0] > 0.3, string.Join(' ', officers));
        foreach (var some in new[]
        {
            "stay WHERE ending = 'no-show'",
            "journal WHERE kind = 'ticket.transferred'",
            "rating WHERE reason IS NOT NULL",
            "rating WHERE changed",
            "rating WHERE NOT attributed",
            "ticket WHERE lane = 'priority'",
        })
        {
            Assert.True(Read<long>($"SELECT count(*) FROM {some}") > 0, some);
        }
    }

    [Fact]
    public void The_same_day_gives_the_same_history()
    {
        const string Events = "SELECT kind || at || body FROM journal WHERE kind NOT LIKE 'day.%' ORDER BY sequence";
        var other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        Make(_folder);
        Make(other);
        Assert.Equal(Rows<string>(Events), Rows<string>(Events, other));
    }

    [Fact]
    public void Today_goes_on_after_it_and_is_the_first_that_the_province_gets()
    {
        Make(_folder);
        var newest = Read<long>("SELECT max(sequence) FROM journal");
        Assert.Equal((newest, 0), (Read<long>("SELECT cursor FROM province"), Read<long>("SELECT composed FROM province")));

        using var connection = new HubDatabase(_folder).OpenWriter();
        var clock = new HallClock(new ManualTimeProvider(Present));
        var rules = new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0);
        using var session = new WritingSession(connection, clock, rules, JournalKey.Of(_folder));
        session.Commit([new Submission<Done>(new TakeNumber())]);
        Assert.Null(clock.Doubt);
        Assert.Equal(new DateOnly(2026, 5, 11), session.Published.State.Day);
        Assert.Equal("A001", Assert.Single(session.Published.State.Tickets.Values).Number);
    }

    [Fact]
    public void A_hall_with_a_history_is_refused_another_in_one_line_and_stays_as_it_is()
    {
        Make(_folder);
        var rows = Read<long>("SELECT count(*) FROM journal");
        var refusal = Assert.Throws<StartException>(() => Make(_folder)).Message;
        Assert.Equal(
            $"--history: the hall in {_folder} has a history since 2026-04-21 already; "
                + "start with --fresh to empty the folder, or without --history.",
            refusal);
        Assert.Equal(rows, Read<long>("SELECT count(*) FROM journal"));
    }

    [Fact]
    public void What_an_interrupted_one_left_is_removed()
    {
        var left = Directory.CreateDirectory(Path.Combine(_folder, "history.unfinished")).FullName;
        File.WriteAllText(Path.Combine(left, "hub.db"), "half");
        Make(_folder);
        Assert.False(Directory.Exists(left));
        Assert.Equal(20, Read<long>("SELECT count(*) FROM day"));
    }

    [Theory]
    [InlineData("12m", "2025-05-11")]
    [InlineData("24m", "2024-05-11")]
    [InlineData("1d", "2026-05-10")]
    [InlineData("730d", "2024-05-11")]
    public void A_length_is_months_or_days(string text, string first) => Assert.Equal(
        DateOnly.Parse(first, CultureInfo.InvariantCulture), HistoryLength.Parse(text).FirstBefore(new DateOnly(2026, 5, 11)));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0m")]
    [InlineData("25m")]
    [InlineData("731d")]
    [InlineData("-1d")]
    [InlineData("1y")]
    [InlineData("99999999999d")]
    public void Another_is_refused_with_what_is_allowed(string text) => Assert.Equal(
        $"--history: '{text}' is not a valid length; write 1m to 24m for months, or 1d to 730d for days.",
        Assert.Throws<StartException>(() => HistoryLength.Parse(text)).Message);

    private static void Make(string folder)
    {
        var hall = HallFile.Load(Path.Combine(AppContext.BaseDirectory, "demo", "hall.json"));
        MakeHistory.Execute(folder, new SetUpHall(hall, IsDemonstration: true, ForThoseWhoWait: true), Length, Present);
    }

    private T Read<T>(string sql) => Assert.Single(Rows<T>(sql));

    private List<T> Rows<T>(string sql, string? folder = null)
    {
        using var reader = new HubDatabase(folder ?? _folder).OpenReader();
        return reader.Query<T>(sql).AsList();
    }

    private sealed record TakeNumber : JournalCommand<Done>
    {
        public override Result<Done> Execute(HallTransaction transaction)
        {
            var ticket = Guid.CreateVersion7(transaction.Now);
            return transaction.Execute(new IssueTicket(ticket, "HT", Lane.Normal)) is { } refusal ? refusal : default(Done);
        }
    }
}
