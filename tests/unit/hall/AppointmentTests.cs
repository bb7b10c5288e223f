using Reception.Hall;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Halls;

/// <summary>Booked times: who is called when, and what is told of the wait.</summary>
public sealed class AppointmentTests
{
    [Fact]
    public void Who_comes_early_is_not_called_before_the_time_and_then_before_all_walk_ins()
    {
        var hall = Opened();
        var booked = Book(hall, "HT", minutes: 30);
        Assert.Null(hall.CallNext(1, Anh));
        LaneTests.Take(hall, "HT", "np");
        hall.Pass(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, hall.State.Ahead(hall.Ticket(booked), hall.Now));
        Assert.Equal("A003", hall.CallNext(1, Anh));
        hall.Must(new FinishService(1, Anh));
        hall.Pass(TimeSpan.FromMilliseconds(1));

        // The normal one is over the limit by now, and waits all the same.
        hall.PassSeconds(3);
        Assert.Equal(0, hall.State.Ahead(hall.Ticket(booked), hall.Now));
        Assert.Equal(1, hall.State.Ahead(hall.State.Tickets.Values.Single(ticket => ticket.Number == "A002"), hall.Now));
        Assert.Equal("A001", hall.CallNext(1, Anh));
    }

    [Fact]
    public void Nobody_is_called_before_the_booked_time_even_where_an_officer_chooses()
    {
        var hall = Opened();
        var booked = Book(hall, "HT", minutes: 10);
        var refused = hall.Do(new CallTicket(1, Anh, booked)).Refusal!;
        Assert.Equal("not-allowed-now", refused.Code);
        Assert.Contains("A001 hẹn lúc 08:10", refused.Vietnamese, StringComparison.Ordinal);
        hall.Pass(TimeSpan.FromMinutes(10));

        hall.Must(new CallTicket(1, Anh, booked));
    }

    [Fact]
    public void Who_comes_up_to_fifteen_minutes_late_keeps_the_place_of_the_booked_time()
    {
        var hall = Opened();
        Book(hall, "HT", minutes: -5);
        Book(hall, "HT", minutes: -15);
        Book(hall, "HT", minutes: -15.001);
        LaneTests.Take(hall, "HT", "p");

        Assert.Equal([true, true, false, false], hall.State.Tickets.Values.OrderBy(ticket => ticket.Order).Select(ticket => ticket.Appointment is not null));
        Assert.Equal("A002 A001 A004 A003", Calls(hall));
    }

    [Fact]
    public void The_halls_own_limit_for_lateness_replaces_the_default()
    {
        var hall = new HallScript(Rules() with { Appointments = new AppointmentRule(LateSeconds: 0) });
        hall.SignIn(1, Anh);
        Assert.NotNull(hall.Ticket(Book(hall, "HT", minutes: 0)).Appointment);
        Assert.Null(hall.Ticket(Book(hall, "HT", minutes: -0.001)).Appointment);
    }

    [Fact]
    public void Over_several_services_the_earliest_time_goes_first_by_preference_too()
    {
        var hall = new HallScript(Rules() with { Counters = [new CounterSetup(1, ["HT", "CT"]) { Order = CounterOrder.Preference }, new(3, ["DD"])] });
        hall.SignIn(1, Anh);
        LaneTests.Take(hall, "HT", "np");
        Book(hall, "HT", minutes: 0);
        Book(hall, "CT", minutes: -1);

        Assert.Equal("B001 A003 A002 A001", Calls(hall));
    }

    [Fact]
    public void A_booked_call_is_nobodys_turn()
    {
        var hall = Opened();
        LaneTests.Take(hall, "HT", "nppp");
        Assert.Equal("A002", hall.CallNext(1, Anh));
        hall.Must(new FinishService(1, Anh));
        Book(hall, "HT", minutes: 0, Lane.Priority);

        Assert.Equal("A005 A003 A001 A004", Calls(hall));
    }

    [Fact]
    public void An_appointment_stays_at_its_service_and_is_an_arrival_at_another()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        LaneTests.Take(hall, "CT", "n");
        var booked = Book(hall, "HT", minutes: 1);
        hall.Pass(TimeSpan.FromMinutes(1));
        LaneTests.Take(hall, "CT", "n");
        Assert.Equal("A001", hall.CallNext(1, Anh));
        hall.Must(new TransferTicket(1, Anh, null, 2));
        Assert.NotNull(hall.Ticket(booked).Appointment);
        Assert.Equal("A001", hall.CallNext(2, Binh));
        hall.Must(new TransferTicket(2, Binh, "CT", null));

        Assert.Null(hall.Ticket(booked).Appointment);
        Assert.Equal("B001", hall.CallNext(2, Binh));
        Assert.Equal("A001", hall.CallNext(1, Anh));
    }

    [Fact]
    public void Neither_the_quota_nor_the_last_ticket_takes_a_booked_place_and_closing_time_does()
    {
        var rules = Rules();
        var hours = new OpeningHours([DayOfWeek.Monday], [new Period(new TimeOnly(7, 30), new TimeOnly(9, 0)) { LastTicket = new TimeOnly(8, 30) }]);
        var hall = new HallScript(rules with { Hours = hours, Services = [.. rules.Services.Select(service => service with { Quota = new Quota(1, 1) })] });
        hall.Must(new IssueTicket(hall.NewId(), "HT", Lane.Normal));
        Assert.Equal("service-closed", hall.Try(new IssueTicket(hall.NewId(), "HT", Lane.Normal)));
        Book(hall, "HT", minutes: 5);
        // The promise is of the booked service alone.
        Assert.Equal("service-closed", hall.Try(new IssueTicket(hall.NewId(), "CT", Lane.Normal) { Services = ["HT"], Appointment = new Appointment("1002", hall.Now) }));
        hall.Pass(TimeSpan.FromMinutes(40));
        Assert.Equal("service-closed", hall.Try(new IssueTicket(hall.NewId(), "CT", Lane.Normal)));
        Book(hall, "CT", minutes: 5);
        Assert.Equal("service-closed", hall.Try(new IssueTicket(hall.NewId(), "CT", Lane.Normal) { Appointment = new Appointment("1001", hall.Now.AddMinutes(-16)) }));
        hall.Pass(TimeSpan.FromMinutes(20));
        Assert.Equal("service-closed", hall.Try(new IssueTicket(hall.NewId(), "CT", Lane.Normal) { Appointment = new Appointment("1001", hall.Now) }));
    }

    [Fact]
    public void After_the_last_ticket_nobody_is_booked_in_where_no_counter_serves()
    {
        var hours = new OpeningHours([DayOfWeek.Monday], [new Period(new TimeOnly(7, 30), new TimeOnly(11, 30)) { LastTicket = new TimeOnly(7, 45) }]);
        var hall = new HallScript(Rules() with { Hours = hours, Counters = [new(1, ["HT"]), new(3, ["DD"])] });
        Book(hall, "HT", minutes: 5);
        var refused = hall.Do(new IssueTicket(hall.NewId(), "CT", Lane.Normal) { Appointment = new Appointment("1001", hall.Now) }).Refusal!;
        Assert.StartsWith("No counter serves", refused.English, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wait_that_is_told_ends_after_the_booked_time_and_counts_from_it()
    {
        var hall = Opened();
        LaneTests.Take(hall, "HT", "nnn");
        var booked = hall.Ticket(Book(hall, "HT", minutes: 60));
        var told = Estimate.For(hall.State, booked, hall.Now)!;
        Assert.InRange(told.Low, 60 * 60, 60 * 60);
        Assert.InRange(told.High, 60 * 60, 75 * 60);
        Assert.Equal(told, booked.Told);
        Assert.Equal(booked.Appointment!.At, booked.WaitsFrom);

        // Who comes as a walk-in stands behind it as soon as the wait reaches that time.
        var before = Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!;
        hall.Pass(TimeSpan.FromMinutes(60));
        Assert.True(Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!.Seconds > before.Seconds);

        hall.Must(new EndDuty(1, Anh));
        Assert.Null(Estimate.For(hall.State, booked, hall.Now));
    }

    /// <summary>Checks in now for a time so many minutes ahead, or behind.</summary>
    private static Guid Book(HallScript hall, string service, double minutes, Lane lane = Lane.Normal)
    {
        var id = hall.NewId();
        hall.Must(new IssueTicket(id, service, lane) { Appointment = new Appointment("48213907", hall.Now.AddMinutes(minutes)) });
        return id;
    }

    private static string Calls(HallScript hall)
    {
        var called = new List<string>();
        while (hall.CallNext(1, Anh) is { } number)
        {
            called.Add(number);
            hall.Must(new FinishService(1, Anh));
        }

        return string.Join(' ', called);
    }
}
