using System.Text;
using Reception.Hub.Configuration;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Site;

/// <summary>What the audit trail says of two hall files, value by value.</summary>
public sealed class SetupChangesTests
{
    private const string Plan = """
        {"site":{"code":"H00.001","name":"Trung tâm thử nghiệm"},
         "openingHours":{"days":["Mon","Tue"],"periods":[{"from":"07:30","to":"11:30"}]},
         "holidays":[{"date":"2026-09-02","name":"Quốc khánh"}],
         "services":[{"code":"HT","prefix":"A","name":"Hộ tịch"},{"code":"CT","prefix":"B","name":"Chứng thực"}],
         "counters":[{"number":1,"services":["HT","CT"]},{"number":2,"services":["CT"]}],
         "officers":[{"code":"cb01","name":"Anh","role":"officer"}]}
        """;

    [Theory]
    [InlineData("\"name\":\"Hộ tịch\"", "\"name\":\"Hộ tịch\"", "")]
    [InlineData("\"name\":\"Hộ tịch\"", "\"name\":\"Tư pháp\"", "services.HT.name: Hộ tịch > Tư pháp")]
    [InlineData("\"name\":\"Hộ tịch\"", "\"name\":\"Hộ tịch\",\"quota\":{\"morning\":40}", "services.HT.quota.morning:  > 40")]
    [InlineData("[\"HT\",\"CT\"]", "[\"CT\",\"HT\"]", "counters.1.services: HT, CT > CT, HT")]
    [InlineData("{\"from\":\"07:30\",\"to\":\"11:30\"}", "{\"from\":\"07:30\",\"to\":\"11:30\",\"lastTicket\":\"11:00\"}", "openingHours.periods: 07:30–11:30 > 07:30–11:30–11:00")]
    [InlineData("{\"date\":\"2026-09-02\",\"name\":\"Quốc khánh\"}", "", "holidays.2026-09-02.date: 2026-09-02 >  | holidays.2026-09-02.name: Quốc khánh > ")]
    [InlineData("\"holidays\"", "\"lanes\":{\"waitLimitMinutes\":20},\"holidays\"", "lanes.waitLimitMinutes: 30 > 20")]
    [InlineData("\"role\":\"officer\"", "\"role\":\"leader\"", "officers.cb01.role: officer > leader")]
    public void Each_value_that_differs_is_a_line(string from, string to, string lines)
    {
        var (old, next) = (Parse(Plan), Parse(Plan.Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal(lines, string.Join(" | ", SetupChanges.Between(old, next).Select(change => $"{change.Part}: {change.Old} > {change.New}")));
    }

    [Fact]
    public void A_command_on_the_machine_leaves_its_entries_and_the_first_set_up_none()
    {
        using var hall = new WritingHall();
        Assert.Empty(Entries(hall));
        hall.Change("\"name\":\"Anh\"", "\"name\":\"Ánh\"");
        hall.Must(new ResetPin("cb01", "hash", "qt01"));

        Assert.Equal(["qt01 officers.cb01.pin:  > ", " officers.cb01.name: Anh > Ánh"], Entries(hall));
        var newest = AuditLog.Read(hall.Connection, 10)[0];
        Assert.Single(AuditLog.Read(hall.Connection, 10, before: newest.Sequence));
        Assert.Equal(AuditLog.Digest(newest.Change), hall.Query<string>($"SELECT body ->> 'digest' FROM journal WHERE sequence = {newest.Sequence}"));
    }

    private static List<string> Entries(WritingHall hall) =>
        [.. AuditLog.Read(hall.Connection, 10).Select(entry => $"{entry.Officer} {entry.Change.Part}: {entry.Change.Old} > {entry.Change.New}")];

    private static HallFile Parse(string plan) => HallFile.Parse(Encoding.UTF8.GetBytes(plan));
}
