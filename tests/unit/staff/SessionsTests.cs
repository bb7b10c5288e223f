using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Unit.Tests.Journal;
using Xunit;
using static Reception.Unit.Tests.Journal.WritingHall;

namespace Reception.Unit.Tests.Staff;

public sealed class SessionsTests : IDisposable
{
    private readonly WritingHall _hall = new();

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void A_session_outlives_a_restart()
    {
        var token = SignIn(Anh, 1);
        var leader = SignIn("ld01", null);
        _hall.Restart();

        Assert.Equal(new Person(Anh, Roles.Officer, 1), _hall.Sessions().Find(token));
        Assert.True(_hall.Sessions().Find(leader)?.Leads);
        Assert.Null(_hall.Sessions().Find("guessed"));
    }

    [Fact]
    public void A_session_ends_with_the_PIN_that_opened_it_also_over_a_restart()
    {
        _hall.Must(new ResetPin(Anh, Pins.Hash(Anh, "1357"), "qt01"));
        var tokens = new[] { SignIn(Anh, 1), SignIn(Anh, 1) };
        var leader = SignIn("ld01", null);
        var sessions = _hall.Sessions();
        Assert.All(tokens, token => Assert.NotNull(sessions.Find(token)));

        _hall.Must(new ResetPin(Anh, Pins.Hash(Anh, "2468"), "qt01"));

        Assert.All(tokens, token => Assert.Null(sessions.Find(token)));
        Assert.NotNull(sessions.Find(leader));
        _hall.Restart();
        Assert.All(tokens, token => Assert.Null(_hall.Sessions().Find(token)));
        Assert.NotNull(_hall.Sessions().Find(leader));
    }

    [Fact]
    public void A_session_ends_with_its_business_day()
    {
        var (officer, leader) = (SignIn(Anh, 1), SignIn("ld01", null));
        var sessions = _hall.Sessions();
        _hall.Clock.Advance(TimeSpan.FromDays(1));
        _hall.Commit();

        Assert.Null(sessions.Find(officer));
        Assert.Null(_hall.Sessions().Find(officer));
        Assert.Null(_hall.Sessions().Find(leader));
    }

    [Fact]
    public void A_session_ends_with_its_duty_and_the_next_duty_of_the_same_officer_does_not_revive_it()
    {
        var first = SignIn(Anh, 1);
        SignIn(Binh, 1);
        Assert.Null(_hall.Sessions().Find(first));

        var second = SignIn(Anh, 1);
        Assert.Null(_hall.Sessions().Find(first));
        Assert.NotNull(_hall.Sessions().Find(second));
    }

    [Fact]
    public void The_same_officer_at_the_same_counter_has_one_duty_and_both_sessions_hold()
    {
        var (first, second) = (SignIn(Anh, 1), SignIn(Anh, 1));

        Assert.NotNull(_hall.Sessions().Find(first));
        Assert.NotNull(_hall.Sessions().Find(second));
        Assert.Equal(1, _hall.Query<long>("SELECT count(*) FROM duty"));
    }

    [Fact]
    public void The_database_holds_no_token()
    {
        var token = SignIn(Anh, 1);
        Assert.Equal(Sessions.Hash(token), _hall.Query<byte[]>("SELECT token FROM session"));
    }

    private string SignIn(string officer, int? counter)
    {
        var token = Secrets.New();
        _hall.Must(new SignIn(officer, _hall.Book.Current.Pins.GetValueOrDefault(officer)!, counter, Sessions.Hash(token), Guid.CreateVersion7(), _hall.Sessions()));
        return token;
    }
}
