using System.Text;
using System.Text.Json.Nodes;
using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Site;
using Xunit;

namespace Reception.Unit.Tests.Site;

public sealed class HallFileTests
{
    private const string Plan = """
        {"site":{"code":"H00.001","name":"Trung tâm thử nghiệm"},
         "lanes":{"priorityInARow":3,"waitLimitMinutes":20},
         "services":[{"code":"HT","prefix":"A","name":"Hộ tịch"},{"code":"CT","prefix":"B","name":"Chứng thực"}],
         "counters":[{"number":2,"services":["HT","CT"],"order":"preference"},{"number":1,"services":["CT"]}],
         "officers":[{"code":"cb01","name":"Anh","role":"officer"}]}
        """;

    [Fact]
    public void The_lanes_and_the_order_of_a_counter_are_read()
    {
        var setup = Parse(Plan).ToSetup(SiteRules.OfFile);

        Assert.Equal(new LaneRule(3, 1200), setup.LaneRule);
        Assert.Equal([(1, null), (2, CounterOrder.Preference)], setup.Counters.Select(counter => (counter.Number, counter.Order)));
    }

    [Theory]
    [InlineData("lanes", "null", 2, 1800)]
    [InlineData("lanes", "{}", 2, 1800)]
    [InlineData("lanes", """{"priorityInARow":1}""", 1, 1800)]
    [InlineData("lanes", """{"waitLimitMinutes":45}""", 2, 2700)]
    public void What_a_hall_leaves_out_is_the_default(string key, string value, int inARow, int limit) =>
        Assert.Equal(new LaneRule(inARow, limit), Parse(With(key, value)).ToSetup(SiteRules.OfFile).LaneRule);

    [Theory]
    [InlineData("lanes", """{"priorityInARow":0}""", "lanes: priorityInARow is 1 to 20, not 0")]
    [InlineData("lanes", """{"waitLimitMinutes":481}""", "lanes: waitLimitMinutes is 1 to 480, not 481")]
    [InlineData("counters", """[{"number":1,"services":["HT"],"order":"random"}]""", "counters: 1: order is longest-wait or preference, not 'random'")]
    [InlineData("counters", """[{"number":1,"services":[]}]""", "counters.1: it serves nothing; give it a service")]
    [InlineData("openingHours", """{"days":["Mon"],"periods":[{"from":"07:30","to":"11:30"},{"from":"11:00","to":"17:00"}]}""",
        "openingHours: periods: 07:30–11:30 and 11:00–17:00 overlap")]
    [InlineData("officers", """[{"code":"x","name":"X","role":"officer"},{"code":"x","name":"Y","role":"leader"}]""", "officers: the code x stands twice")]
    public void What_contradicts_itself_is_one_plain_line(string key, string value, string told) =>
        Assert.Equal(told, Assert.Throws<StartException>(() => Parse(With(key, value))).Message);

    [Fact]
    public void The_catalogue_says_in_words_how_the_lanes_take_turns()
    {
        var lanes = Setups.Of(Plan).Current.Catalog.Lanes!;

        Assert.Equal((3, 20), (lanes.PriorityInARow, lanes.WaitLimitMinutes));
        Assert.Contains("số thường và số ưu tiên đã chờ quá 20 phút được gọi trước", lanes.Text, StringComparison.Ordinal);
        Assert.Contains("nhiều nhất 3 số ưu tiên", lanes.Text, StringComparison.Ordinal);
        Assert.Contains("of either lane that have waited more than 20 minutes are called first", lanes.English, StringComparison.Ordinal);
        Assert.Contains("at most 3 in a row", lanes.English, StringComparison.Ordinal);
    }

    private static HallFile Parse(string json) => HallFile.Parse(Encoding.UTF8.GetBytes(json));

    private static string With(string key, string value)
    {
        var plan = JsonNode.Parse(Plan)!.AsObject();
        plan[key] = JsonNode.Parse(value);
        return plan.ToJsonString();
    }
}
