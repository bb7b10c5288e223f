using Microsoft.Data.Sqlite;
using Reception.Hub.Configuration;
using Reception.Hub.Devices;
using Reception.Hub.Record;
using Reception.Hub.Security;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Hub.Tools;
using Reception.Unit.Tests.Journal;
using Xunit;
using static Reception.Unit.Tests.Journal.WritingHall;

namespace Reception.Unit.Tests.Security;

public sealed class SecurityLogTests : IDisposable
{
    private readonly WritingHall _hall = new();

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void Signing_in_and_out_is_in_the_log_with_counter_and_address()
    {
        var (token, sessions) = (Secrets.New(), _hall.Sessions());
        _hall.Must(new SignIn(Anh, "hash", 1, Sessions.Hash(token), Guid.CreateVersion7(), sessions) { From = "10.0.0.7" });
        _hall.Must(new SignOut(Anh, 1, Sessions.Hash(token), sessions) { From = "10.0.0.7" });

        Assert.Equal(
            """security.sign-in cb01 {"from":"10.0.0.7","counter":1} / security.sign-out cb01 {"from":"10.0.0.7","counter":1}""",
            _hall.Row("SELECT part, officer, new FROM audit ORDER BY sequence"));
    }

    [Fact]
    public void A_device_that_comes_is_replaced_and_goes_is_in_the_log()
    {
        _hall.Must(new AddDevice("rater-9", "rater", 2, Secrets.Hash("a")));
        _hall.Must(new AddDevice("rater-9", "rater", 1, Secrets.Hash("b")));
        _hall.Must(new RevokeDevice("rater-9"));

        Assert.Equal("security.device-paired / security.device-replaced / security.device-revoked", _hall.Row("SELECT part FROM audit ORDER BY sequence"));
        Assert.Equal(
            """{"counter":1,"device":"rater-9","deviceKind":"rater"}""", _hall.Row("SELECT new FROM audit WHERE part = 'security.device-revoked'"));
    }

    [Fact]
    public void A_cloned_device_is_one_entry_a_day_for_each_two_addresses()
    {
        foreach (var other in new[] { "10.0.0.8", "10.0.0.8", "10.0.0.9" })
        {
            _hall.Must(new KeepSecondSession("rater-1", 1, "10.0.0.7", other));
        }

        Assert.Equal("10.0.0.8 2 / 10.0.0.9 1", _hall.Row("SELECT other_address, sign_ins FROM second_session ORDER BY other_address"));
        Assert.Equal(2, _hall.Query<long>("SELECT count(*) FROM audit WHERE part = 'security.device-cloned'"));
        _hall.Clock.Advance(TimeSpan.FromDays(1));
        _hall.Must(new KeepSecondSession("rater-1", 1, "10.0.0.7", "10.0.0.8"));
        Assert.Equal(3, _hall.Query<long>("SELECT count(*) FROM audit WHERE part = 'security.device-cloned'"));
    }

    [Fact]
    public void After_twelve_months_its_texts_are_erased_and_the_record_stays_whole()
    {
        _hall.Must(new ResetPin(Anh, "hash", "ld01"));
        _hall.Must(new AddNotes([new SecurityNote(SecurityKind.Refused, Anh, new SecurityDetail { From = "10.0.0.7", What = "GET /admin" })]));
        _hall.Clock.Advance(SecurityLog.Kept - TimeSpan.FromDays(1));
        _hall.Commit();
        Assert.Equal("officers.cb01.pin / security.refused", _hall.Row("SELECT part FROM audit ORDER BY sequence"));

        _hall.Clock.Advance(TimeSpan.FromDays(2));
        _hall.Commit();
        _hall.Mark();

        Assert.Equal("officers.cb01.pin", _hall.Row("SELECT part FROM audit"));
        Assert.Empty(Verification.Run(_hall.Folder).Findings);
    }

    [Fact]
    public void An_entry_that_is_taken_away_before_is_found()
    {
        _hall.Must(new AddNotes([new SecurityNote(SecurityKind.Refused, Anh, new SecurityDetail())]));
        _hall.Query<object>("DELETE FROM audit WHERE part = 'security.refused' RETURNING 1");
        _hall.Mark();

        Assert.Contains("(security.refused) is missing", Assert.Single(Verification.Run(_hall.Folder).Findings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_the_configuration_can_never_be_taken_away()
    {
        _hall.Must(new ResetPin(Anh, "hash", "ld01"));

        Assert.Contains("never removed", Assert.Throws<SqliteException>(() => _hall.Query<object>("DELETE FROM audit RETURNING 1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_changed_at_once_is_one_act_and_kinds_and_people_narrow_the_log()
    {
        _hall.Pass(10);
        _hall.Change("\"name\":\"Hộ tịch\"", "\"name\":\"Hộ tịch mới\",\"expectedServiceMinutes\":9");
        _hall.Pass(10);
        _hall.Must(new ResetPin(Anh, "hash", "ld01"));
        _hall.Must(new AddNotes([new SecurityNote(SecurityKind.Exported, "ld01", new SecurityDetail { What = "ratings.csv", Rows = 3 })]));
        var all = new LogQuestion(_hall.Now.AddDays(-1), _hall.Now.AddDays(1), long.MaxValue);

        Assert.Equal(
            [(LogKind.Exports, 1), (LogKind.Security, 1), (LogKind.Configuration, 2)],
            ReadLog.Acts(_hall.Connection, all, 0, 10).Select(act => (act.Kind, act.Entries.Count)));
        Assert.Equal(
            [(LogKind.Security, 1), (LogKind.Configuration, 1), (LogKind.Exports, 1)],
            ReadLog.Count(_hall.Connection, all).Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key));
        Assert.Equal([LogKind.Security], ReadLog.Acts(_hall.Connection, all with { Person = Anh }, 0, 10).Select(act => act.Kind));
        Assert.Equal([LogKind.Exports], ReadLog.Acts(_hall.Connection, all with { Kind = LogKind.Exports }, 0, 10).Select(act => act.Kind));
        Assert.Equal([LogKind.Security], ReadLog.Acts(_hall.Connection, all, 1, 1).Select(act => act.Kind));
        Assert.Empty(ReadLog.Acts(_hall.Connection, all with { To = _hall.Now.AddHours(-1) }, 0, 10));
        Assert.Empty(ReadLog.Count(_hall.Connection, all with { To = _hall.Now.AddHours(-1) }));
        Assert.DoesNotContain(AuditLog.Read(_hall.Connection, 10), entry => entry.Change.Part.StartsWith(SecurityLog.Prefix, StringComparison.Ordinal));
    }
}
