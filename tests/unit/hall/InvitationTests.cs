using Reception.Hall;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Halls;

public sealed class InvitationTests
{
    [Fact]
    public void A_finish_invites_for_a_minute()
    {
        var hall = Opened();
        var ticket = Serve(hall);

        Assert.Equal(new Invitation(ticket, "A001", hall.Now.AddSeconds(60)), hall.Invitation(1));
    }

    [Fact]
    public void The_first_press_leaves_five_seconds()
    {
        var hall = Opened();
        var ticket = Serve(hall);
        hall.PassSeconds(10);
        hall.Rate(1, ticket);

        Assert.Equal(hall.Now.AddSeconds(5), hall.Invitation(1)?.Until);
    }

    [Fact]
    public void A_press_in_the_last_seconds_does_not_prolong_the_window()
    {
        var hall = Opened();
        var ticket = Serve(hall);
        var end = hall.Now.AddSeconds(60);
        hall.PassSeconds(58);
        hall.Rate(1, ticket);

        Assert.Equal(end, hall.Invitation(1)?.Until);
    }

    [Fact]
    public void The_next_start_ends_the_invitation_and_the_next_call_does_not()
    {
        var hall = Opened();
        Serve(hall);
        hall.Take("HT");
        hall.CallNext(1, Anh);
        Assert.NotNull(hall.Invitation(1));

        hall.Must(new StartService(1, Anh));
        Assert.Null(hall.Invitation(1));
    }

    [Fact]
    public void A_ticket_rated_while_it_was_served_is_invited_for_what_is_left_of_the_five_seconds()
    {
        var hall = Opened();
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new StartService(1, Anh));
        hall.Rate(1, ticket);
        hall.PassSeconds(2);
        hall.Must(new FinishService(1, Anh));
        Assert.Equal(hall.Now.AddSeconds(3), hall.Invitation(1)?.Until);

        hall.Must(new UndoEnding(1, Anh));
        hall.PassSeconds(10);
        hall.Must(new FinishService(1, Anh));
        Assert.Null(hall.Invitation(1));
    }

    [Fact]
    public void A_second_stay_of_the_same_ticket_at_the_same_counter_is_invited_anew()
    {
        var hall = Opened();
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new StartService(1, Anh));
        hall.Rate(1, ticket);
        hall.Must(new HoldTicket(1, Anh));
        hall.PassSeconds(60);
        hall.Must(new CallTicket(1, Anh, ticket));
        hall.Must(new FinishService(1, Anh));

        Assert.Equal(hall.Now.AddSeconds(60), hall.Invitation(1)?.Until);
    }

    [Fact]
    public void An_undone_finish_takes_its_invitation_back()
    {
        var hall = Opened();
        Serve(hall);
        hall.Must(new UndoEnding(1, Anh));

        Assert.Null(hall.Invitation(1));
    }

    [Fact]
    public void An_undone_no_show_leaves_the_invitation_of_the_ticket_before_it()
    {
        var hall = Opened();
        var first = Serve(hall);
        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new RecordNoShow(1, Anh));
        hall.Must(new UndoEnding(1, Anh));

        Assert.Equal(first, hall.Invitation(1)?.Ticket);
    }

    [Fact]
    public void A_transfer_a_hold_and_the_next_errand_invite_nobody()
    {
        var hall = Opened();
        hall.Take("HT", "DD");
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh));
        Assert.Null(hall.Invitation(1));

        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new StartService(1, Anh));
        hall.Must(new TransferTicket(1, Anh, "DD", null));
        Assert.Null(hall.Invitation(1));

        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new HoldTicket(1, Anh));
        Assert.Null(hall.Invitation(1));
    }

    private static Guid Serve(HallScript hall)
    {
        var ticket = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new StartService(1, Anh));
        hall.PassSeconds(60);
        hall.Must(new FinishService(1, Anh));
        return ticket;
    }
}
