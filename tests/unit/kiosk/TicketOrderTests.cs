using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Paper;
using Reception.Device.Reporting;
using Reception.Device.Storage;
using Reception.Kiosk;
using Reception.Kiosk.Paper;
using Reception.Kiosk.Tickets;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Kiosk;

public sealed class TicketOrderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reception-orders-").FullName;
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    private static readonly Guid Boot = Guid.NewGuid();

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
        var orders = new TicketOrders(clock, new ScreenSignal());

        var first = orders.Touch("HT", "normal", "vi", out var isNew);
        clock.Advance(TimeSpan.FromSeconds(2.9));
        var again = orders.Touch("HT", "normal", "en", out var isNewAgain);
        var lane = orders.Touch("HT", "priority", "vi", out _);
        var service = orders.Touch("CT", "normal", "vi", out _);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        var later = orders.Touch("HT", "normal", "vi", out var isNewLater);

        Assert.True(isNew && !isNewAgain && isNewLater);
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(4, new[] { first.Id, lane.Id, service.Id, later.Id }.Distinct().Count());
    }

    [Fact]
    public void An_errand_is_forgotten_after_five_minutes()
    {
        var orders = new TicketOrders(clock, new ScreenSignal());
        var old = orders.Touch("HT", "normal", "vi", out _);
        clock.Advance(TimeSpan.FromMinutes(5.1));

        orders.Touch("HT", "normal", "vi", out _);

        Assert.Null(orders.Find(old.Id));
    }

    [Fact]
    public void The_store_still_knows_after_a_kill_what_was_on_the_way()
    {
        var (asked, printing, copy) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var order = new TicketOrders(clock, new ScreenSignal()).Touch("HT", "priority", "en", out _);
        var answered = order with { Ticket = Ticket };
        using (var database = OpenDatabase())
        {
            var store = new OrderStore(database, new DeviceClock(clock, Boot));
            store.Ask(order, asked);
            store.Print(store.Ask(order, printing), answered);
            store.PrintCopy(Ticket.Id, copy);
            store.Close(store.Ask(order, Guid.CreateVersion7()));
        }

        using var again = OpenDatabase();
        var after = new OrderStore(again, new DeviceClock(clock, Boot));

        Assert.Equal(
            new (Guid, Guid?, bool, string?)[] { (asked, null, false, "en"), (printing, Ticket.Id, false, "en A007"), (copy, Ticket.Id, true, null) },
            after.Open().Select(row => (row.Fact, row.Ticket, row.Copy, row.Shown is { } shown ? $"{shown.Language} {shown.Ticket?.Number}".Trim() : null)));
    }

    [Fact]
    public void The_last_ticket_can_be_copied_for_a_minute_once_its_first_paper_is_known()
    {
        var orders = new TicketOrders(clock, new ScreenSignal());
        var order = orders.Touch("HT", "normal", "vi", out _);
        Assert.Null(orders.BeginCopy(order.Id));
        orders.Change(order.Id, it => it with { Stage = OrderStage.Answered, Ticket = Ticket, AnsweredAt = clock.GetTimestamp() });
        Assert.Null(orders.Last());
        orders.Change(order.Id, it => it with { Paper = PaperStage.Late });
        Assert.Null(orders.Last());
        orders.Change(order.Id, it => it with { Paper = PaperStage.Unknown });

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(order.Id, orders.Last()?.Id);
        Assert.True(orders.BeginCopy(order.Id)?.IsCopy);
        Assert.Null(orders.BeginCopy(order.Id));
        orders.Change(order.Id, it => it with { Paper = PaperStage.Failed });
        Assert.True(orders.MayCopy(order.Id));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(orders.MayCopy(order.Id));
        Assert.Null(orders.Last());
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(61, false)]
    [InlineData(null, false)]
    public void After_a_start_only_a_citizen_who_took_a_number_just_now_is_offered_a_copy(int? secondsAgo, bool offered)
    {
        var orders = new TicketOrders(clock, new ScreenSignal());
        orders.Restore(
            new TicketOrders(clock, new ScreenSignal()).Touch("HT", "normal", "vi", out _) with
            {
                Stage = OrderStage.Answered,
                Ticket = Ticket,
                Paper = PaperStage.Unknown,
            },
            secondsAgo is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        Assert.Equal(offered, orders.Last() is not null);
    }

    [Fact]
    public void A_touch_right_after_a_start_is_a_new_errand_and_not_one_that_the_last_run_left()
    {
        var orders = new TicketOrders(clock, new ScreenSignal());
        var left = new TicketOrders(clock, new ScreenSignal()).Touch("HT", "normal", "vi", out _) with { Stage = OrderStage.GaveUp };
        orders.Restore(left, TimeSpan.FromSeconds(1));

        Assert.NotEqual(left.Id, orders.Touch("HT", "normal", "vi", out var isNew).Id);
        Assert.True(isNew);
        Assert.NotNull(orders.Find(left.Id));
    }

    [Fact]
    public void How_long_ago_an_errand_was_is_known_after_a_kill_whatever_the_wall_clock_does_and_not_after_a_restart_of_the_machine()
    {
        using (var database = OpenDatabase())
        {
            new OrderStore(database, new DeviceClock(clock, Boot)).Ask(new TicketOrders(clock, new ScreenSignal()).Touch("HT", "normal", "vi", out _), Guid.CreateVersion7());
        }

        clock.SetWallClock(clock.GetUtcNow().AddYears(-9));
        clock.Advance(TimeSpan.FromSeconds(4));
        using var again = OpenDatabase();
        var after = new OrderStore(again, new DeviceClock(clock, Boot));
        var written = after.Open().Single().WrittenAt!;
        Assert.Equal(4000, new DeviceClock(clock, Boot).AgeMs(written));
        Assert.Null(new DeviceClock(clock, Guid.NewGuid()).AgeMs(written));
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

    private DeviceDatabase OpenDatabase() => DeviceDatabase.Open(folder, clock, NullLogger<DeviceDatabase>.Instance);
}
