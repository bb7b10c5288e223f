using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Tools;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Site;

/// <summary>What the writer looks at when administrators change the set-up at the same time.</summary>
public sealed class ChangeSetupTests : IDisposable
{
    private readonly WritingHall _hall = new();

    public ChangeSetupTests() => _hall.Change(
        "{\"code\":\"ld01\"", "{\"code\":\"qt01\",\"name\":\"Quyên\",\"role\":\"administrator\"},{\"code\":\"qt02\",\"name\":\"Quân\",\"role\":\"administrator\"},{\"code\":\"ld01\"");

    public void Dispose() => _hall.Dispose();

    [Fact]
    public async Task Of_two_administrators_who_take_the_role_from_each_other_at_once_one_stays()
    {
        var one = new Submission<Done>(Change("qt01", "qt02", officer => officer with { Role = Roles.Leader }));
        var other = new Submission<Done>(Change("qt02", "qt01", officer => officer with { Left = true }));
        _hall.Commit(one, other);

        Assert.Null((await one.Done).Refusal);
        Assert.Equal("not-allowed", (await other.Done).Refusal?.Code);
        Assert.Equal("qt01", Assert.Single(_hall.Book.Current.File.Officers, officer => officer is { Role: Roles.Administrator, Left: false }).Code);
        Assert.Equal("qt01", AuditLog.Read(_hall.Connection, 1).Single().Officer);
    }

    [Fact]
    public void Nobody_takes_the_role_from_themselves() =>
        Assert.Equal("not-allowed", _hall.Try(Change("qt01", "qt01", officer => officer with { Role = Roles.Leader })));

    [Fact]
    public void Whoever_waits_keeps_their_order_until_it_is_said_that_a_new_one_is_for_them_too()
    {
        static HallFile Other(HallFile file) => file with { Lanes = new LanesEntry { PriorityInARow = 4 } };
        SetUpHall File(bool forThoseWhoWait) => new(Other(_hall.Book.Current.File), IsDemonstration: false, forThoseWhoWait);
        _hall.Take();

        Assert.Equal("not-allowed-now", _hall.Try(new ChangeSetup(Other, "qt01", ForThoseWhoWait: false)));
        Assert.Contains(
            "--hall: 1 people wait, and its lanes or counters call them in another order; add --for-those-who-wait",
            _hall.Execute(File(forThoseWhoWait: false)).Refusal?.English, StringComparison.Ordinal);
        Assert.Equal(2, _hall.State.Setup.LaneRule.PriorityInARow);
        Assert.Equal("ok", _hall.Try(new ChangeSetup(Other, "qt01", ForThoseWhoWait: true)));
        Assert.Equal(4, _hall.State.Setup.LaneRule.PriorityInARow);
        Assert.Equal("ok", _hall.Try(File(forThoseWhoWait: true)));
    }

    [Fact]
    public void Who_is_on_duty_is_not_taken_out_by_the_page_or_by_a_file()
    {
        _hall.SignIn(1, WritingHall.Anh);
        Assert.Equal("not-allowed-now", _hall.Try(Change("qt01", WritingHall.Anh, officer => officer with { Left = true })));
        Assert.Equal("not-allowed-now", _hall.Try(Change("qt01", WritingHall.Anh, officer => officer with { Role = Roles.Leader })));
        Assert.Equal("ok", _hall.Try(Change("qt01", WritingHall.Binh, officer => officer with { Left = true })));

        var file = _hall.Book.Current.File;
        Assert.Equal(
            "--hall: officers.cb01: on duty at counter 1; change it when they have left the counter.",
            _hall.Execute(new SetUpHall(
                file with { Officers = [.. file.Officers.Where(officer => officer.Code != WritingHall.Anh)] }, IsDemonstration: false, ForThoseWhoWait: true)).Refusal?.English);
    }

    private static ChangeSetup Change(string by, string whom, Func<OfficerEntry, OfficerEntry> edit) => new(
        file => file with { Officers = [.. file.Officers.Select(officer => officer.Code == whom ? edit(officer) : officer)] }, by, ForThoseWhoWait: false);
}
