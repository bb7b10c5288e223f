using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Phones;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Phones;

/// <summary>What the hub knows of links and phones is of its day, whether it ran through the night or was started in the morning.</summary>
public sealed class TurnOfDayTests : IDisposable
{
    private static readonly string Phone = new('a', 64);
    private static readonly string Other = new('b', 64);

    private readonly WritingHall _hall = new();

    private readonly PhoneLimits _limits;

    public TurnOfDayTests() => _limits = new PhoneLimits(new PhoneOptions(), _hall.Clock);

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void A_day_takes_its_links_and_phones_with_it_and_none_of_the_next()
    {
        var (kiosk, phone) = (_hall.Request(), ByPhone(Phone));
        _hall.Must(kiosk);
        _hall.Must(phone);
        Assert.Equal(kiosk.Issue.Ticket, _hall.Links.Find(kiosk.LinkCode));
        Assert.Equal(phone.LinkCode, _hall.Phones.Live(_hall.State, Phone, "CT")?.Link);

        // The first numbers of a day come in one commit with its opening.
        var yesterday = _hall.State;
        _hall.Pass(24 * 60 * 60);
        var (next, other) = (_hall.Request(), ByPhone(Other));
        _hall.Commit(new Submission<TicketResult>(next), new Submission<TicketResult>(other));
        for (var turn = 0; turn < 2; turn++)
        {
            Assert.Null(_hall.Links.Find(kiosk.LinkCode));
            Assert.Null(_hall.Links.Find(phone.LinkCode));
            Assert.Null(_hall.Phones.Live(yesterday, Phone, "CT"));
            Assert.Equal(next.Issue.Ticket, _hall.Links.Find(next.LinkCode));
            Assert.Equal(other.Issue.Ticket, _hall.Links.Find(other.LinkCode));
            Assert.Equal(other.LinkCode, _hall.Phones.Live(_hall.State, Other, "CT")?.Link);
            _hall.Restart();
        }
    }

    [Fact]
    public void A_phone_whose_live_number_is_over_before_its_turn_comes_has_to_prove_that_it_is_here()
    {
        var first = ByPhone(Phone);
        _hall.Must(first);
        var again = ByPhone(Phone) with { ProvedPresence = false };
        Assert.Equal(first.Issue.Ticket, _hall.Must(again).GetProperty("id").GetGuid());
        _hall.Must(new CancelTicket(first.Issue.Ticket, null, CancelTicket.ByPhone));

        Assert.Equal("not-allowed", _hall.Try(again));
        Assert.Single(_hall.State.Tickets);
    }

    [Fact]
    public void Two_requests_of_one_phone_in_one_commit_are_one_number()
    {
        _hall.Commit(new Submission<TicketResult>(ByPhone(Phone)), new Submission<TicketResult>(ByPhone(Phone)));

        Assert.Single(_hall.State.Tickets);
    }

    private TakeNumberByPhone ByPhone(string phone) =>
        new(new IssueTicket(Guid.CreateVersion7(), "CT", Lane.Normal) { ByPhone = true }, phone, _limits.Reserve("10.0.0.9"), Secrets.LinkCode(), _hall.Links, _hall.Phones)
        {
            ProvedPresence = true,
        };
}
