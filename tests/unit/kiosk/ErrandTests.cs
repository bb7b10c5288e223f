using System.Text.Json;
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
        var ticket = Guid.CreateVersion7();
        using (var book = new ErrandBook(folder))
        {
            book.Ask(Guid.CreateVersion7(), asked);
            book.Print(book.Ask(Guid.CreateVersion7(), printing), ticket);
            book.PrintCopy(ticket, copy);
            book.Close(book.Ask(Guid.CreateVersion7(), Guid.CreateVersion7()));
        }

        using var after = new ErrandBook(folder);

        Assert.Equal(
            new (Guid, Guid?, bool)[] { (asked, null, false), (printing, ticket, false), (copy, ticket, true) }.OrderBy(row => row.Item1.ToString()),
            after.Open().Select(row => (row.Fact, row.Ticket, row.Copy)));
    }

    [Theory]
    [InlineData("""{"id":"0195d3a4-0000-7000-8000-000000000001","number":"A007","service":"HT","lane":"normal","state":"waiting","issuedAt":"2026-11-23T10:42:00.000+07:00","printed":"printed","copy":true}""", true)]
    [InlineData("""{"ticket":{"id":"0195d3a4-0000-7000-8000-000000000001","number":"A007","service":"HT","lane":"normal","state":"waiting","issuedAt":"2026-11-23T10:42:00.000+07:00","printed":"pending"},"copy":false}""", false)]
    public void A_print_command_names_its_ticket_and_whether_it_is_a_copy(string data, bool copy)
    {
        Assert.True(PrintCopy.TryRead(JsonDocument.Parse(data).RootElement, out var ticket, out var marked));
        Assert.Equal("A007", ticket.Number);
        Assert.Equal(copy, marked);
    }

    [Theory]
    [InlineData("""{"copy":true}""")]
    [InlineData("""{"ticket":7}""")]
    [InlineData("7")]
    public void A_print_command_without_a_ticket_prints_nothing(string data) =>
        Assert.False(PrintCopy.TryRead(JsonDocument.Parse(data).RootElement, out _, out _));

    [Theory]
    [InlineData("15:00", "14:59:59", null)]
    [InlineData("15:00", "15:00:00", "15:00")]
    [InlineData("15:00", "23:59:00", "15:00")]
    [InlineData(null, "16:00:00", null)]
    [InlineData("three", "16:00:00", null)]
    public void Papers_wait_for_the_next_working_day_from_the_line_on(string? line, string time, string? shown) =>
        Assert.Equal(shown, HallClock.Passed(line, Instants.TryRead($"2026-11-23T{time}+07:00", out var instant) ? instant : default));
}
