using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Hub.Tools;
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
    public void A_leader_who_does_nothing_for_15_minutes_is_signed_out_and_an_officer_is_not()
    {
        var (officer, leader) = (SignIn(Anh, 1), SignIn("ld01", null));
        var sessions = _hall.Sessions();
        _hall.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.NotNull(sessions.Find(leader));
        sessions.Touch(leader);
        _hall.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.NotNull(sessions.Find(leader));
        Assert.Empty(sessions.Idle());

        _hall.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(sessions.Find(leader));
        sessions.Touch(leader);
        Assert.Null(sessions.Find(leader));
        Assert.NotNull(sessions.Find(officer));
        var (token, person) = Assert.Single(sessions.Idle());
        _hall.Must(new EndIdle(person, token, sessions));
        Assert.Empty(sessions.Idle());
        Assert.Equal("ld01", _hall.Row("SELECT officer FROM audit WHERE part = 'security.session-idle'"));
        _hall.Restart();
        Assert.Null(_hall.Sessions().Find(leader));
        Assert.NotNull(_hall.Sessions().Find(officer));
    }

    [Fact]
    public void Signing_out_everywhere_ends_every_session_of_that_account_and_the_duty()
    {
        var tokens = new[] { SignIn(Anh, 1), SignIn(Anh, 1) };
        var leader = SignIn("ld01", null);
        var sessions = _hall.Sessions();
        _hall.Serve();
        Assert.Equal("not-allowed-now", _hall.Try(new SignOutEverywhere(Anh, sessions)));
        Assert.All(tokens, token => Assert.NotNull(sessions.Find(token)));
        _hall.Finish();

        _hall.Must(new SignOutEverywhere(Anh, sessions) { From = "10.0.0.7" });

        Assert.All(tokens, token => Assert.Null(sessions.Find(token)));
        Assert.NotNull(sessions.Find(leader));
        Assert.Null(_hall.State.Counters[1].Officer);
        Assert.Equal("""{"from":"10.0.0.7","sessions":2}""", _hall.Row("SELECT new FROM audit WHERE part = 'security.sign-out-everywhere'"));
        _hall.Restart();
        Assert.All(tokens, token => Assert.Null(_hall.Sessions().Find(token)));
    }

    [Fact]
    public void A_PIN_that_somebody_else_set_must_be_changed_and_an_own_one_not()
    {
        _hall.Must(new ResetPin(Anh, Pins.Hash(Anh, "135791"), "qt01"));
        _hall.Must(new SetPin(Binh, Pins.Hash(Binh, "135791")));
        _hall.Must(new ResetPin("ld01", Pins.Hash("ld01", "135791"), "ld01"));
        var (other, present) = (SignIn(Anh, 1), SignIn(Anh, 1));
        var (binh, leader) = (SignIn(Binh, 2), SignIn("ld01", null));
        var sessions = _hall.Sessions();
        Assert.True(sessions.Find(present)!.MustChangePin);
        Assert.True(sessions.Find(binh)!.MustChangePin);
        Assert.False(sessions.Find(leader)!.MustChangePin);
        var (old, fresh) = (_hall.Book.Current.Pins[Anh], Pins.Hash(Anh, "814273"));

        _hall.Must(new ChangeOwnPin(Anh, old, fresh, Sessions.Hash(present), sessions));

        Assert.Equal(new Person(Anh, Roles.Officer, 1), sessions.Find(present));
        Assert.Null(sessions.Find(other));
        Assert.Equal("not-allowed-now", _hall.Try(new ChangeOwnPin(Anh, old, fresh, Sessions.Hash(present), sessions)));
        _hall.Restart();
        Assert.False(_hall.Sessions().Find(present)!.MustChangePin);
        Assert.True(_hall.Sessions().Find(binh)!.MustChangePin);
    }

    [Theory]
    [InlineData("814273", true)]
    [InlineData("814273814273", true)]
    [InlineData("81427", false)]
    [InlineData("8142738142738", false)]
    [InlineData("81427a", false)]
    [InlineData("777777", false)]
    [InlineData("123456", false)]
    [InlineData("987654", false)]
    public void A_PIN_that_a_person_chooses_is_long_enough_and_no_row_of_digits(string pin, bool isGood) => Assert.Equal(isGood, Pins.IsGood(pin));

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
