using Reception.Hub;
using Reception.Hub.Commands;
using Reception.Hub.Journal;
using Reception.Hub.Site;
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
    public void Of_two_administrators_who_take_the_role_from_each_other_at_once_one_stays()
    {
        var told = _hall.Submit(
        [
            new(Change("qt01", "qt02", officer => officer with { Role = Roles.Leader }), null),
            new(Change("qt02", "qt01", officer => officer with { Left = true }), null),
        ]);

        Assert.Equal([204, 403], told.Select(one => one.Status));
        Assert.Equal("qt01", Assert.Single(_hall.Book.Current.File.Officers, officer => officer is { Role: Roles.Administrator, Left: false }).Code);
        Assert.Equal("qt01", Assert.Single(_hall.Book.Changes(10)).Officer);
    }

    [Fact]
    public void Nobody_takes_the_role_from_themselves() =>
        Assert.Equal("not-allowed", _hall.Try(Change("qt01", "qt01", officer => officer with { Role = Roles.Leader })));

    [Fact]
    public void Whoever_waits_keeps_their_order_until_it_is_said_that_a_new_one_is_for_them_too()
    {
        static HallFile Other(HallFile file) => file with { Lanes = new LanesEntry { PriorityInARow = 4 } };
        void Demand(bool forThoseWhoWait) => RunningDay.Demand(_hall.Folder, _hall.Book, Other(_hall.Book.Current.File), forThoseWhoWait, _hall.Clock);
        Demand(forThoseWhoWait: false);
        _hall.Take();

        Assert.Equal("not-allowed-now", _hall.Try(new ChangeSetup(_hall.Book, Other, "qt01", ForThoseWhoWait: false)));
        Assert.Contains(
            "--hall: 1 people wait, and its lanes or counters call them in another order; add --for-those-who-wait",
            Assert.Throws<StartException>(() => Demand(forThoseWhoWait: false)).Message, StringComparison.Ordinal);
        Demand(forThoseWhoWait: true);
        Assert.Equal(2, _hall.State.Setup.LaneRule.PriorityInARow);
        Assert.Equal(204, _hall.Submit(new ChangeSetup(_hall.Book, Other, "qt01", ForThoseWhoWait: true)).Status);
        Assert.Equal(4, _hall.State.Setup.LaneRule.PriorityInARow);
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
            Assert.Throws<StartException>(() => RunningDay.Demand(
                _hall.Folder, _hall.Book, file with { Officers = [.. file.Officers.Where(officer => officer.Code != WritingHall.Anh)] }, forThoseWhoWait: true, _hall.Clock)).Message);
    }

    private ChangeSetup Change(string by, string whom, Func<OfficerEntry, OfficerEntry> edit) => new(
        _hall.Book, file => file with { Officers = [.. file.Officers.Select(officer => officer.Code == whom ? edit(officer) : officer)] }, by, ForThoseWhoWait: false);
}
