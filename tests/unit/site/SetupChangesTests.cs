using System.Text;
using Reception.Hub.Site;
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
    public void A_command_on_the_machine_leaves_its_lines_and_the_first_set_up_none()
    {
        var folder = Directory.CreateTempSubdirectory("changes-").FullName;
        using (var book = SetupBook.Open(folder))
        {
            var at = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
            book.SetHall(Parse(Plan), demonstration: false, new Author(null, at));
            Assert.Empty(book.Changes(10));
            book.SetHall(Parse(Plan.Replace("Anh", "Ánh", StringComparison.Ordinal)), demonstration: false, new Author(null, at));
            book.SetPin("cb01", "hash", new Author("qt01", at));

            Assert.Equal(
                [new KeptChange(2, at, "qt01", new SetupChange("officers.cb01.pin", null, null)), new KeptChange(1, at, null, new SetupChange("officers.cb01.name", "Anh", "Ánh"))],
                book.Changes(10));
            Assert.Equal([1L], book.Changes(10, before: 2).Select(change => change.Id));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static HallFile Parse(string plan) => HallFile.Parse(Encoding.UTF8.GetBytes(plan));
}
