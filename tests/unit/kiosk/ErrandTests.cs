using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Device.Paper;
using Reception.Kiosk;
using Reception.Kiosk.Tickets;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Kiosk;

public sealed class ErrandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reception-errands-").FullName;
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    private static readonly TicketDocument Ticket = new()
    {
        Id = Guid.CreateVersion7(),
        Number = "A007",
        Service = "HT",
        Lane = "normal",
        State = "waiting",
        IssuedAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
        Printed = "pending",
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Touches_within_three_seconds_on_one_service_and_lane_are_one_errand()
    {
        var errands = new Errands(clock, new ScreenSignal());

        var first = errands.Touch("HT", "normal", "vi", out var isNew);
        clock.Advance(TimeSpan.FromSeconds(2.9));
        var again = errands.Touch("HT", "normal", "en", out var isNewAgain);
        var lane = errands.Touch("HT", "priority", "vi", out _);
        var service = errands.Touch("CT", "normal", "vi", out _);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        var later = errands.Touch("HT", "normal", "vi", out var isNewLater);

        Assert.True(isNew && !isNewAgain && isNewLater);
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(4, new[] { first.Id, lane.Id, service.Id, later.Id }.Distinct().Count());
    }

    [Fact]
    public void An_errand_is_forgotten_after_five_minutes()
    {
        var errands = new Errands(clock, new ScreenSignal());
        var old = errands.Touch("HT", "normal", "vi", out _);
        clock.Advance(TimeSpan.FromMinutes(5.1));

        errands.Touch("HT", "normal", "vi", out _);

        Assert.Null(errands.Find(old.Id));
    }

    [Fact]
    public void The_book_still_knows_after_a_kill_what_was_on_the_way()
    {
        var (asked, printing, copy) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var errand = new Errands(clock, new ScreenSignal()).Touch("HT", "priority", "en", out _);
        var answered = errand with { Ticket = Ticket };
        using (var book = new ErrandBook(folder))
        {
            book.Ask(errand, asked);
            book.Print(book.Ask(errand, printing), answered);
            book.PrintCopy(Ticket.Id, copy);
            book.Close(book.Ask(errand, Guid.CreateVersion7()));
        }

        using var after = new ErrandBook(folder);

        Assert.Equal(
            new (Guid, Guid?, bool, string?)[] { (asked, null, false, "en"), (printing, Ticket.Id, false, "en A007"), (copy, Ticket.Id, true, null) }.OrderBy(row => row.Item1.ToString()),
            after.Open().Select(row => (row.Fact, row.Ticket, row.Copy, row.Shown is { } shown ? $"{shown.Language} {shown.Ticket?.Number}".Trim() : null)));
    }

    [Fact]
    public void A_book_of_the_first_version_is_read_on()
    {
        var (fact, report) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using (var old = new SqliteConnection($"Data Source={Path.Combine(folder, "errands.db")};Pooling=False"))
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText = $"""
                CREATE TABLE errand(fact TEXT PRIMARY KEY, report TEXT, ticket TEXT, copy INTEGER NOT NULL) STRICT;
                INSERT INTO errand VALUES ('{fact}', '{report}', NULL, 0);
                """;
            command.ExecuteNonQuery();
        }

        using var book = new ErrandBook(folder);
        Assert.Equal(new OpenErrand(fact, report, null, false, null), Assert.Single(book.Open()));
        book.PrintCopy(Ticket.Id, Guid.CreateVersion7());
        Assert.Equal(2, book.Open().Count);
    }

    [Fact]
    public void The_last_ticket_can_be_copied_for_a_minute_once_its_first_paper_is_known()
    {
        var errands = new Errands(clock, new ScreenSignal());
        var errand = errands.Touch("HT", "normal", "vi", out _);
        Assert.Null(errands.BeginCopy(errand.Id));
        errands.Change(errand.Id, it => it with { Stage = ErrandStage.Answered, Ticket = Ticket, AnsweredAt = clock.GetTimestamp() });
        Assert.Null(errands.Last());
        errands.Change(errand.Id, it => it with { Paper = PaperStage.Late });
        Assert.Null(errands.Last());
        errands.Change(errand.Id, it => it with { Paper = PaperStage.Unknown });

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(errand.Id, errands.Last()?.Id);
        Assert.True(errands.BeginCopy(errand.Id)?.IsCopy);
        Assert.Null(errands.BeginCopy(errand.Id));
        errands.Change(errand.Id, it => it with { Paper = PaperStage.Failed });
        Assert.True(errands.MayCopy(errand.Id));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(errands.MayCopy(errand.Id));
        Assert.Null(errands.Last());
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(61, false)]
    [InlineData(14 * 3600, false)]
    [InlineData(-14 * 3600, false)]
    public void After_a_start_only_who_took_a_number_just_now_is_offered_a_copy(int secondsAgo, bool offered)
    {
        var errands = new Errands(clock, new ScreenSignal());
        var ticket = Ticket with { IssuedAt = clock.GetUtcNow().AddSeconds(-secondsAgo) };
        errands.Restore(new Errands(clock, new ScreenSignal()).Touch("HT", "normal", "vi", out _) with
        {
            Stage = ErrandStage.Answered,
            Ticket = ticket,
            Paper = PaperStage.Unknown,
        });

        Assert.Equal(offered, errands.Last() is not null);
    }

    [Theory]
    [InlineData("""{"id":"0195d3a4-0000-7000-8000-000000000001","number":"A007","service":"HT","lane":"normal","state":"waiting","issuedAt":"2026-11-23T10:42:00.000+07:00","printed":"printed","copy":true}""", true)]
    [InlineData("""{"ticket":{"id":"0195d3a4-0000-7000-8000-000000000001","number":"A007","service":"HT","lane":"normal","state":"waiting","issuedAt":"2026-11-23T10:42:00.000+07:00","printed":"pending"},"copy":false}""", false)]
    public void A_print_command_names_its_ticket_and_whether_it_is_a_copy(string data, bool copy)
    {
        var (ticket, marked) = TicketPrint.Read(JsonDocument.Parse(data).RootElement)!;
        Assert.Equal("A007", ticket.Number);
        Assert.Equal(copy, marked);
    }

    [Theory]
    [InlineData("""{"copy":true}""")]
    [InlineData("""{"ticket":7}""")]
    [InlineData("7")]
    public void A_print_command_without_a_ticket_prints_nothing(string data) =>
        Assert.Null(TicketPrint.Read(JsonDocument.Parse(data).RootElement));

    [Theory]
    [InlineData("15:00", "14:59:59", null)]
    [InlineData("15:00", "15:00:00", "15:00")]
    [InlineData("15:00", "23:59:00", "15:00")]
    [InlineData(null, "16:00:00", null)]
    [InlineData("three", "16:00:00", null)]
    public void Papers_wait_for_the_next_working_day_from_the_line_on(string? line, string time, string? shown) =>
        Assert.Equal(shown, HallTime.Passed(line, Instants.TryRead($"2026-11-23T{time}+07:00", out var instant) ? instant : default));
}
