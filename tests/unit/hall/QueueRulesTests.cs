using Reception.Hall;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Halls;

public sealed class QueueRulesTests
{
    [Fact]
    public void Each_service_counts_from_one_with_three_digits_and_more_where_they_are_needed()
    {
        var hall = new HallScript();
        Assert.Equal("A001", hall.Ticket(hall.Take("HT")).Number);
        Assert.Equal("B001", hall.Ticket(hall.Take("CT")).Number);
        Assert.Equal("A002", hall.Ticket(hall.Take("HT")).Number);
        Assert.Equal("A999", Ticket.NumberOf("A", 999));
        Assert.Equal("A1000", Ticket.NumberOf("A", 1000));
    }

    [Fact]
    public void An_unknown_service_is_refused_also_as_a_further_errand()
    {
        var hall = new HallScript();
        Assert.Equal("unknown-service", hall.Try(new IssueTicket(hall.NewId(), "XX", Lane.Normal)));
        Assert.Equal("unknown-service", hall.Try(new IssueTicket(hall.NewId(), "HT", Lane.Normal) { Services = ["XX"] }));
        Assert.Empty(hall.State.Tickets);
    }

    [Theory]
    [InlineData("2026-11-23T07:29:59+07:00", "service-closed", "2026-11-23T07:30:00+07:00")]
    [InlineData("2026-11-23T07:30:00+07:00", "ok", null)]
    [InlineData("2026-11-23T11:30:00+07:00", "service-closed", "2026-11-23T13:30:00+07:00")]
    [InlineData("2026-11-27T17:00:00+07:00", "service-closed", "2026-11-30T07:30:00+07:00")]
    public void Numbers_are_given_out_in_the_opening_hours_by_the_halls_own_clock(string at, string code, string? opens)
    {
        var hours = new OpeningHours(
            [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
            [new Period(new TimeOnly(7, 30), new TimeOnly(11, 30)), new Period(new TimeOnly(13, 30), new TimeOnly(17, 0))]);
        var hall = new HallScript(Rules() with { Hours = hours });
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(code, new IssueTicket(hall.NewId(), "HT", Lane.Normal).Decide(hall.State, now).Refusal?.Code ?? "ok");
        var next = opens is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(opens, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(next, hall.State.Setup.OpeningAt(now).OpensAt);
    }

    [Fact]
    public void The_longest_wait_over_the_services_of_the_counter_goes_first()
    {
        var hall = Opened();
        hall.Take("DD");
        hall.Take("CT");
        hall.Take("HT");
        hall.Take("CT");

        Assert.Equal("B001", hall.CallNext(1, Anh));
        hall.Must(new FinishService(1, Anh));
        Assert.Equal("A001", hall.CallNext(1, Anh));
        hall.Must(new FinishService(1, Anh));
        Assert.Equal("B002", hall.CallNext(1, Anh));
        hall.Must(new FinishService(1, Anh));
        Assert.Null(hall.CallNext(1, Anh));
    }

    [Fact]
    public void Call_next_with_a_service_calls_of_that_service_alone()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.Take("CT");

        Assert.Equal("B001", hall.CallNext(1, Anh, "CT"));
        hall.Must(new FinishService(1, Anh));
        Assert.Empty(hall.Must(new CallNext(1, Anh, "CT")).Events);
        Assert.Equal("unknown-service", hall.Try(new CallNext(1, Anh, "XX")));
    }

    [Fact]
    public void A_second_call_next_neither_returns_nor_finishes_the_first_ticket()
    {
        var hall = Opened();
        var first = hall.Take("HT");
        hall.Take("HT");
        hall.CallNext(1, Anh);

        Assert.Equal("not-allowed-now", hall.Try(new CallNext(1, Anh)));
        Assert.Equal(TicketState.Called, hall.Ticket(first).State);
    }

    [Fact]
    public void Ahead_counts_the_waiting_of_the_same_service_who_would_be_called_before()
    {
        var hall = Opened();
        var tickets = new[] { hall.Take("HT"), hall.Take("CT"), hall.Take("HT"), hall.Take("HT") };
        Assert.Equal([0, 0, 1, 2], tickets.Select(id => hall.State.Ahead(hall.Ticket(id), hall.Now)));

        hall.CallNext(1, Anh);
        Assert.Equal([0, 0, 0, 1], tickets.Select(id => hall.State.Ahead(hall.Ticket(id), hall.Now)));

        hall.Must(new HoldTicket(1, Anh));
        Assert.Equal([0, 0, 0, 1], tickets.Select(id => hall.State.Ahead(hall.Ticket(id), hall.Now)));
    }

    [Fact]
    public void Ahead_of_who_waits_for_one_desk_are_all_whom_that_desk_calls_before()
    {
        var hall = new HallScript(Rules() with { Counters = [new(1, ["HT"]), new(3, ["DD"])] });
        hall.SignIn(1, Anh);
        hall.SignIn(3, Chi);
        var (one, two, three) = (hall.Take("HT"), hall.Take("HT"), hall.Take("HT"));
        hall.Must(new CallTicket(3, Chi, two));
        hall.Must(new TransferTicket(3, Chi, null, 1));

        Assert.Equal([0, 1, 2], new[] { one, two, three }.Select(id => hall.State.Ahead(hall.Ticket(id), hall.Now)));
        Assert.Equal(["A001", "A002", "A003"], hall.State.CallableAt(hall.State.Counters[1], hall.Now).Select(ticket => ticket.Number));
    }

    [Fact]
    public void A_transferred_citizen_keeps_the_arrival_and_goes_before_later_ones()
    {
        var hall = Opened();
        var early = hall.Take("HT");
        hall.Take("DD");
        hall.CallNext(1, Anh);
        hall.SignIn(3, Chi);
        hall.Must(new TransferTicket(1, Anh, "DD", null));

        Assert.Equal(TicketState.Waiting, hall.Ticket(early).State);
        Assert.Equal("DD", hall.Ticket(early).Service);
        Assert.Null(hall.Ticket(early).Counter);
        Assert.Equal("A001", hall.CallNext(3, Chi));
    }

    [Fact]
    public void A_ticket_transferred_to_a_counter_keeps_its_service_and_is_called_only_there()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        hall.SignIn(3, Chi);
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new TransferTicket(1, Anh, null, 3));

        Assert.Equal(("HT", 3), (hall.Ticket(ticket).Service, hall.Ticket(ticket).Counter));
        Assert.Null(hall.CallNext(1, Anh));
        Assert.Null(hall.CallNext(2, Binh));
        Assert.Equal("not-allowed-now", hall.Try(new CallTicket(2, Binh, ticket)));
        Assert.Equal("A001", hall.CallNext(3, Chi));
    }

    [Fact]
    public void Who_waits_for_a_desk_that_is_left_is_on_hold_where_nobody_serves_the_service_any_more()
    {
        var hall = Opened();
        hall.SignIn(3, Chi);
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new TransferTicket(1, Anh, null, 3));
        hall.Apply(new SetupChanged(hall.Now, Rules() with { Counters = [new(1, ["CT"]), new(2, ["CT"]), new(3, ["DD"])] }));
        hall.Must(new EndDuty(3, Chi));

        Assert.Equal(TicketState.Held, hall.Ticket(ticket).State);
        hall.Must(new CallTicket(1, Anh, ticket));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_waits_for_a_desk_that_is_left_waits_in_the_services_line_again_by_the_same_arrival(bool forAnotherCounter)
    {
        var hall = Opened();
        hall.SignIn(3, Chi);
        var ticket = hall.Take("HT");
        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new TransferTicket(1, Anh, null, 3));
        hall.Must(forAnotherCounter ? new StartDuty(hall.NewId(), 2, Chi) : new EndDuty(3, Chi));

        Assert.Null(hall.Ticket(ticket).Counter);
        var change = hall.Events.OfType<TicketChanged>().Last();
        Assert.Equal((TicketChange.Transferred, Chi, EndDuty.CounterLeft), (change.Change, change.Officer, change.Reason));
        Assert.Equal("A001", hall.CallNext(1, Anh));
    }

    [Fact]
    public void Who_waits_for_a_desk_stays_there_when_a_colleague_takes_it_over()
    {
        var hall = Opened();
        hall.SignIn(3, Chi);
        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new TransferTicket(1, Anh, null, 3));
        hall.SignIn(3, Binh);

        Assert.Null(hall.CallNext(1, Anh));
        Assert.Equal("A001", hall.CallNext(3, Binh));
    }

    [Fact]
    public void Of_those_who_wait_for_one_counter_only_the_same_service_counts_as_ahead()
    {
        var hall = Opened();
        hall.SignIn(3, Chi);
        foreach (var service in new[] { "HT", "CT", "CT" })
        {
            hall.Take(service);
            hall.CallNext(1, Anh);
            hall.Must(new TransferTicket(1, Anh, null, 3));
        }

        Assert.Equal([("A001", 0), ("B001", 0), ("B002", 1)],
            hall.State.Tickets.Values.OrderBy(ticket => ticket.Order).Select(ticket => (ticket.Number, hall.State.Ahead(ticket, hall.Now))));
    }

    [Fact]
    public void A_transfer_to_a_counter_without_an_officer_is_refused()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.CallNext(1, Anh);

        Assert.Equal("no-officer", hall.Try(new TransferTicket(1, Anh, null, 2)));
        Assert.Equal("unknown-counter", hall.Try(new TransferTicket(1, Anh, null, 9)));
        Assert.Equal("unknown-service", hall.Try(new TransferTicket(1, Anh, "XX", null)));
        Assert.Equal("ok", hall.Try(new TransferTicket(1, Anh, "CT", null)));
    }

    [Fact]
    public void A_held_ticket_comes_back_when_called_and_not_by_call_next()
    {
        var hall = Opened();
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new StartService(1, Anh));
        hall.Must(new HoldTicket(1, Anh));

        Assert.Null(hall.CallNext(1, Anh));
        hall.Must(new CallTicket(1, Anh, ticket));
        Assert.Equal(TicketState.Called, hall.Ticket(ticket).State);
        Assert.Null(hall.Ticket(ticket).StartedAt);
    }

    [Fact]
    public void A_no_show_can_be_called_again_at_any_counter()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new RecordNoShow(1, Anh));

        Assert.Null(hall.CallNext(1, Anh));
        hall.Must(new CallTicket(2, Binh, ticket));
        Assert.Equal(2, hall.Ticket(ticket).Counter);
    }

    [Theory]
    [InlineData("served")]
    [InlineData("cancelled")]
    [InlineData("called")]
    public void A_ticket_that_waits_no_more_is_not_called(string state)
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        var ticket = hall.Take("HT");
        if (state == "cancelled")
        {
            hall.Must(new CancelTicket(ticket, Anh, null));
        }
        else
        {
            hall.CallNext(1, Anh);
            if (state == "served")
            {
                hall.Must(new FinishService(1, Anh));
            }
        }

        Assert.Equal("not-allowed-now", hall.Try(new CallTicket(2, Binh, ticket)));
        Assert.Equal("unknown-ticket", hall.Try(new CallTicket(2, Binh, hall.NewId())));
    }

    [Fact]
    public void A_finish_from_called_counts_the_service_from_the_call()
    {
        var hall = Opened();
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.PassSeconds(30);
        hall.Must(new FinishService(1, Anh, Outcome.Supplement));

        var served = hall.Ticket(ticket);
        Assert.Equal((TicketState.Served, Outcome.Supplement), (served.State, served.Outcome));
        Assert.Equal(served.CalledAt, served.StartedAt);
        Assert.Equal(hall.Now, served.FinishedAt);
    }

    [Theory]
    [InlineData(60, "ok")]
    [InlineData(60.001, "not-allowed-now")]
    public void A_finish_is_undone_within_a_minute(double seconds, string code)
    {
        var hall = Opened();
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new StartService(1, Anh));
        var before = hall.Ticket(ticket);
        hall.Must(new FinishService(1, Anh));
        hall.PassSeconds(seconds);

        Assert.Equal(code, hall.Try(new UndoEnding(1, Anh)));
        if (code == "ok")
        {
            Assert.Equal(before, hall.Ticket(ticket));
            Assert.Equal(ticket, hall.State.Counters[1].InHand);
            Assert.Equal("not-allowed-now", hall.Try(new UndoEnding(1, Anh)));
        }
    }

    [Fact]
    public void A_no_show_is_undone_and_is_called_once_more()
    {
        var hall = Opened();
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new RecordNoShow(1, Anh));
        hall.Must(new UndoEnding(1, Anh));

        Assert.Equal(TicketState.Called, hall.Ticket(ticket).State);
        Assert.Empty(hall.State.NoShows);
    }

    [Fact]
    public void An_undo_at_a_paused_counter_opens_it_again()
    {
        var hall = Opened();
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh));
        hall.Must(new PauseCounter(1, Anh));
        hall.Must(new UndoEnding(1, Anh));

        Assert.Equal((CounterStatus.Open, ticket), (hall.State.Counters[1].Status, hall.State.Counters[1].InHand));
    }

    [Fact]
    public void An_ending_of_another_officer_is_not_undone()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh));
        hall.SignIn(1, Binh);

        Assert.Equal("not-allowed-now", hall.Try(new UndoEnding(1, Binh)));
    }

    [Fact]
    public void Ones_own_ending_is_undone_after_signing_out_and_in_again()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh));
        hall.Must(new EndDuty(1, Anh));
        hall.SignIn(1, Anh);

        Assert.Equal("ok", hall.Try(new UndoEnding(1, Anh)));
    }

    [Fact]
    public void A_no_show_that_was_called_elsewhere_meanwhile_is_not_undone()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new RecordNoShow(1, Anh));
        hall.Must(new CallTicket(2, Binh, ticket));
        Assert.Equal("not-allowed-now", hall.Try(new UndoEnding(1, Anh)));

        hall.Must(new RecordNoShow(2, Binh));
        Assert.Equal("not-allowed-now", hall.Try(new UndoEnding(1, Anh)));
    }

    [Fact]
    public void A_ticket_with_a_further_errand_goes_on_by_its_arrival_and_the_finish_is_undone()
    {
        var hall = Opened();
        hall.SignIn(3, Chi);
        var first = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh));
        var ticket = hall.Take("HT", "DD");
        hall.Take("DD");
        hall.CallNext(1, Anh);
        hall.Must(new StartService(1, Anh));
        var before = hall.Ticket(ticket);
        hall.Must(new FinishService(1, Anh));
        Assert.Equal(("DD", TicketState.Waiting), (hall.Ticket(ticket).Service, hall.Ticket(ticket).State));
        Assert.Empty(hall.Ticket(ticket).Services);

        hall.Must(new UndoEnding(1, Anh));
        Assert.Equal(before, hall.Ticket(ticket));
        Assert.Equal(TicketState.Served, hall.Ticket(first).State);
        hall.Must(new FinishService(1, Anh));
        Assert.Equal("A002", hall.CallNext(3, Chi));
        Assert.Equal("not-allowed-now", hall.Try(new UndoEnding(1, Anh)));
    }

    [Fact]
    public void A_ticket_that_is_sent_to_its_own_next_errand_is_served_there_once()
    {
        var hall = Opened();
        hall.SignIn(3, Chi);
        var ticket = hall.Take("HT", "DD", "CT");
        hall.CallNext(1, Anh);
        hall.Must(new TransferTicket(1, Anh, "DD", null));
        Assert.Equal(["CT"], hall.Ticket(ticket).Services);
        hall.CallNext(3, Chi);
        hall.Must(new FinishService(3, Chi));
        Assert.Equal(("CT", TicketState.Waiting), (hall.Ticket(ticket).Service, hall.Ticket(ticket).State));
    }

    [Fact]
    public void A_finish_before_a_further_errand_keeps_its_outcome_and_the_ticket_goes_on_without_one()
    {
        var hall = Opened();
        var ticket = hall.Take("HT", "DD");
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh, Outcome.Supplement));

        Assert.Equal(Outcome.Supplement, hall.Events.OfType<TicketChanged>().Last().Outcome);
        Assert.Null(hall.Ticket(ticket).Outcome);

        hall.SignIn(3, Chi);
        hall.CallNext(3, Chi);
        hall.Must(new FinishService(3, Chi, Outcome.Received));
        Assert.Equal((Outcome.Received, null), (hall.Ticket(ticket).Outcome, hall.Events.OfType<TicketChanged>().Last().Outcome));
    }

    [Fact]
    public void Signing_in_at_a_counter_ends_the_duty_there_and_the_officers_own_elsewhere()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        hall.SignIn(1, Binh);

        Assert.Equal(Binh, hall.State.Counters[1].Officer);
        Assert.Null(hall.State.Counters[2].Officer);
        Assert.Equal(2, hall.Events.OfType<DutyChanged>().Count(duty => !duty.Started));
    }

    [Fact]
    public void A_counter_with_a_ticket_in_hand_is_not_taken_and_its_officer_does_not_leave_it()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.CallNext(1, Anh);

        Assert.Equal("counter-taken", hall.Try(new StartDuty(hall.NewId(), 1, Binh)));
        Assert.Equal("counter-taken", hall.Try(new StartDuty(hall.NewId(), 2, Anh)));
        Assert.Equal(Anh, hall.State.Counters[1].Officer);
        Assert.Null(hall.State.Counters[2].Officer);
    }

    [Fact]
    public void The_same_officer_at_the_same_counter_goes_on_in_one_duty_with_a_ticket_in_hand_too()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.CallNext(1, Anh);
        var duty = hall.State.Counters[1].Duty;

        Assert.Empty(hall.Must(new StartDuty(hall.NewId(), 1, Anh)).Events);
        Assert.Equal(duty, hall.State.Counters[1].Duty);
        Assert.Equal("unknown-counter", hall.Try(new StartDuty(hall.NewId(), 9, Anh)));
    }

    [Fact]
    public void The_end_of_the_day_ends_everything_by_itself_and_numbers_begin_at_one()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        hall.SignIn(3, Chi);
        var (called, serving, held) = (hall.Take("HT"), hall.Take("HT"), hall.Take("DD"));
        hall.CallNext(1, Anh);
        hall.CallNext(2, Binh);
        hall.Must(new StartService(2, Binh));
        hall.CallNext(3, Chi);
        hall.Must(new HoldTicket(3, Chi));
        var waiting = hall.Take("HT");
        hall.Pass(TimeSpan.FromDays(1));

        var decision = new OpenDay(hall.State.Day.AddDays(1), Rules()).Decide(hall.State, hall.Now);

        var changes = decision.Events.OfType<TicketChanged>().ToDictionary(change => change.Ticket.Id);
        Assert.All(changes.Values, change => Assert.True(change.Automatic));
        Assert.Equal(TicketState.NoShow, changes[called].Ticket.State);
        Assert.Equal(TicketState.Served, changes[serving].Ticket.State);
        Assert.Equal(TicketState.Expired, changes[held].Ticket.State);
        Assert.Equal(TicketState.Expired, changes[waiting].Ticket.State);
        Assert.Equal(3, decision.Events.OfType<DutyChanged>().Count(duty => duty is { Started: false, Automatic: true }));
        foreach (var happened in decision.Events)
        {
            hall.Apply(happened);
        }

        Assert.Empty(hall.State.Tickets);
        Assert.Equal("A001", hall.Ticket(hall.Take("HT")).Number);
        Assert.Empty(new OpenDay(hall.State.Day, Rules()).Decide(hall.State, hall.Now).Events);
    }

    [Fact]
    public void The_newest_ten_calls_are_kept_and_a_recall_counts_up()
    {
        var hall = Opened();
        for (var i = 1; i <= 12; i++)
        {
            hall.Take("HT");
            hall.CallNext(1, Anh);
            hall.Must(new RecallTicket(1, Anh));
            hall.Must(new FinishService(1, Anh));
        }

        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(number => $"A{number:000}"), hall.State.Calls.Select(call => call.Number));
        Assert.All(hall.State.Calls, call => Assert.Equal(2, call.Times));
    }
}
