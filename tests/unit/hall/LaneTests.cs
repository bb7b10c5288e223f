using Reception.Hall;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Halls;

/// <summary>Whose turn it is: lanes, the waiting limit, counters with several services.</summary>
public sealed class LaneTests
{
    [Fact]
    public void After_two_priority_calls_in_a_row_the_next_is_a_normal_ticket()
    {
        var hall = Opened();
        Take(hall, "HT", "nnnppppp");

        Assert.Equal("A004 A005 A001 A006 A007 A002 A008 A003", Calls(hall, 1, Anh));
    }

    [Fact]
    public void Without_a_normal_ticket_priority_goes_on_and_the_next_normal_one_goes_first()
    {
        var hall = Opened();
        Take(hall, "HT", "pppp");
        Assert.Equal("A001 A002 A003", Calls(hall, 1, Anh, most: 3));
        Take(hall, "HT", "n");

        Assert.Equal("A005 A004", Calls(hall, 1, Anh));
    }

    [Fact]
    public void Priority_calls_are_counted_for_a_service_over_all_counters()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        Take(hall, "HT", "nppp");
        Take(hall, "CT", "np");

        Assert.Equal("A002", hall.CallNext(1, Anh, "HT"));
        Assert.Equal("A003", hall.CallNext(2, Binh, "HT"));
        hall.Must(new FinishService(1, Anh));
        hall.Must(new FinishService(2, Binh));
        Assert.Equal("A001", hall.CallNext(1, Anh, "HT"));
        Assert.Equal("B002", hall.CallNext(2, Binh, "CT"));
    }

    [Fact]
    public void A_normal_ticket_over_the_limit_goes_before_priority_at_every_counter_of_its_service()
    {
        var hall = Opened();
        Take(hall, "HT", "nn");
        hall.Pass(TimeSpan.FromMinutes(29));
        Take(hall, "CT", "n");
        Take(hall, "CT", "pp");
        Take(hall, "HT", "p");
        Assert.Equal("B002", Calls(hall, 1, Anh, most: 1));
        hall.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal("A001 A002 B003 A003 B001", Calls(hall, 1, Anh));
    }

    [Theory]
    [InlineData(1800, "A002")]
    [InlineData(1800.001, "A001")]
    public void Only_who_has_waited_longer_than_the_limit_goes_first(double seconds, string first)
    {
        var hall = Opened();
        hall.Must(new IssueTicket(hall.NewId(), "HT", Lane.Normal));
        hall.Must(new IssueTicket(hall.NewId(), "HT", Lane.Priority));
        hall.PassSeconds(seconds);

        Assert.Equal(first, hall.CallNext(1, Anh));
    }

    [Theory]
    [InlineData(1800, "A003 A004 A001 A002")]
    [InlineData(1800.001, "A001 A002 A003 A004")]
    public void Over_the_limit_both_lanes_go_by_arrival_and_in_one_instant_by_the_order_of_issue(double seconds, string called)
    {
        var hall = Opened();
        foreach (var lane in new[] { Lane.Normal, Lane.Normal, Lane.Priority, Lane.Priority })
        {
            hall.Must(new IssueTicket(hall.NewId(), "HT", lane));
        }

        hall.PassSeconds(seconds);

        Assert.Equal(called, Calls(hall, 1, Anh));
    }

    [Fact]
    public void A_priority_ticket_over_the_limit_goes_before_later_normal_ones_over_the_limit()
    {
        var hall = Opened();
        Take(hall, "HT", "pppnp");
        Take(hall, "CT", "np");
        Take(hall, "HT", "n");
        hall.Pass(TimeSpan.FromMinutes(31));
        Take(hall, "HT", "np");

        Assert.Equal("A001 A002 A003 A004 A005 B001 B002 A006 A008 A007", Calls(hall, 1, Anh));
    }

    [Theory]
    [InlineData("", "npp", "pn", "A001 A002 A003 A005 A004")]
    [InlineData("", "ppn", "nppp", "A001 A002 A003 A005 A006 A004 A007")]
    [InlineData("", "p", "nppp", "A001 A003 A002 A004 A005")]
    [InlineData("p", "p", "nnppp", "A002 A003 A005 A006 A004 A007")]
    [InlineData("p", "np", "npp", "A002 A003 A005 A004 A006")]
    [InlineData("pppp", "n", "npp", "A005 A007 A008 A006")]
    public void A_call_of_a_ticket_over_the_limit_counts_for_the_turns(string calledBefore, string overTheLimit, string inTime, string called)
    {
        var hall = Opened();
        Take(hall, "HT", calledBefore);
        Calls(hall, 1, Anh);
        Take(hall, "HT", overTheLimit);
        hall.Pass(TimeSpan.FromMinutes(30));
        Take(hall, "HT", inTime);

        Assert.Equal(called, Calls(hall, 1, Anh));
    }

    [Fact]
    public void A_transferred_ticket_over_the_limit_goes_by_its_arrival_in_its_new_queue()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        Take(hall, "CT", "pp");
        hall.CallNext(2, Binh, "CT");
        Take(hall, "HT", "n");
        hall.Pass(TimeSpan.FromMinutes(31));
        hall.Must(new TransferTicket(2, Binh, "HT", null));

        Assert.Equal("B001 B002 A001", Calls(hall, 1, Anh));
    }

    [Fact]
    public void Of_several_services_the_oldest_priority_goes_first_and_then_the_oldest_normal()
    {
        var hall = Opened();
        Take(hall, "CT", "n");
        Take(hall, "HT", "np");
        Take(hall, "CT", "p");

        Assert.Equal("A002 B002 B001 A001", Calls(hall, 1, Anh));
    }

    [Fact]
    public void By_preference_the_first_service_of_the_list_goes_before_older_ones_until_the_limit()
    {
        var hall = new HallScript(Rules() with { Counters = [new CounterSetup(1, ["HT", "CT"]) { Order = CounterOrder.Preference }, new(3, ["DD"])] });
        hall.SignIn(1, Anh);
        Take(hall, "CT", "np");
        Take(hall, "HT", "nnpn");
        Assert.Equal("A003 A001 A002", Calls(hall, 1, Anh, most: 3));
        hall.Pass(TimeSpan.FromMinutes(31));
        Take(hall, "HT", "p");

        Assert.Equal("B001 B002 A004 A005", Calls(hall, 1, Anh));
    }

    [Fact]
    public void The_halls_own_rule_replaces_the_default()
    {
        var hall = new HallScript(Rules() with { Lanes = new LaneRule(PriorityInARow: 1, WaitLimitSeconds: 60) });
        hall.SignIn(1, Anh);
        Take(hall, "HT", "nnppp");
        Assert.Equal("A003 A001 A004 A002 A005", Calls(hall, 1, Anh));
        Take(hall, "HT", "np");
        hall.PassSeconds(60);

        Assert.Equal("A006 A007", Calls(hall, 1, Anh));
    }

    [Fact]
    public void A_chosen_call_is_nobodys_turn()
    {
        var hall = Opened();
        Take(hall, "HT", "nppp");
        var chosen = hall.State.Tickets.Values.Where(ticket => ticket.Lane == Lane.Priority).OrderBy(ticket => ticket.Order).Take(2).ToList();
        foreach (var ticket in chosen)
        {
            hall.Must(new CallTicket(1, Anh, ticket.Id));
            hall.Must(new FinishService(1, Anh));
        }

        Assert.Equal("A004 A001", Calls(hall, 1, Anh));
        Assert.Equal(2, hall.Events.OfType<TicketChanged>().Count(change => change is { Change: TicketChange.Called, Reason: CallTicket.Chosen }));
    }

    [Fact]
    public void Who_was_sent_to_a_counter_takes_turns_with_the_others_of_the_service_by_arrival()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        Take(hall, "HT", "n");
        hall.CallNext(2, Binh, "HT");
        Take(hall, "HT", "np");
        hall.Must(new TransferTicket(2, Binh, null, 1));
        Assert.Equal([("A003", 0), ("A001", 1), ("A002", 1)], Listed(hall, 1));

        Assert.Equal("A003 A001 A002", Calls(hall, 1, Anh));
    }

    [Fact]
    public void Who_was_sent_to_a_counter_that_does_not_serve_the_service_is_called_there()
    {
        var hall = new HallScript(Rules() with { Counters = [new(1, ["HT", "CT"]), new CounterSetup(3, ["DD"]) { Order = CounterOrder.Preference }] });
        hall.SignIn(1, Anh);
        hall.SignIn(3, Chi);
        Take(hall, "DD", "nn");
        Take(hall, "HT", "n");
        hall.CallNext(1, Anh);
        hall.Must(new TransferTicket(1, Anh, null, 3));

        Assert.Equal(3, hall.State.WaitingFor(hall.State.Counters[3]));
        Assert.Equal("A001 H001 H002", Calls(hall, 3, Chi));
    }

    /// <summary>A letter is a ticket: normal or priority, a second after the last.</summary>
    internal static void Take(HallScript hall, string service, string lanes)
    {
        foreach (var lane in lanes)
        {
            hall.Must(new IssueTicket(hall.NewId(), service, lane == 'p' ? Lane.Priority : Lane.Normal));
            hall.PassSeconds(1);
        }
    }

    /// <summary>Calls and finishes one after the other, as the counter's list said before.</summary>
    private static string Calls(HallScript hall, int counter, string officer, int most = int.MaxValue)
    {
        var listed = Listed(hall, counter).Select(ticket => ticket.Number).Take(most).ToList();
        var called = new List<string>();
        while (called.Count < most && hall.CallNext(counter, officer) is { } number)
        {
            called.Add(number);
            hall.Must(new FinishService(counter, officer));
        }

        Assert.Equal(listed, called);
        return string.Join(' ', called);
    }

    private static List<(string Number, int Ahead)> Listed(HallScript hall, int counter) =>
        [.. hall.State.CallableAt(hall.State.Counters[counter], hall.Now).Select(ticket => (ticket.Number, hall.State.Ahead(ticket, hall.Now)))];
}
