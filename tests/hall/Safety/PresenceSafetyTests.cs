using System.Text;
using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Safety;

/// <summary>What a device may say of itself, in any shape: it breaks no page.</summary>
[Collection(AttackedHall.Name)]
public sealed class PresenceSafetyTests(SharedHall shared) : HallTest(shared)
{
    [Theory]
    [InlineData("""{"online":true,"kind":"counter-agent","session":"{s}","serialPorts":[null]}""")]
    [InlineData("""{"online":true,"kind":"counter-agent","session":"{s}","serialPorts":[{"role":null,"path":null,"state":null}]}""")]
    [InlineData("""{"online":true,"kind":"counter-agent","session":"{s}","serialPorts":[{"role":"rater","path":"/dev/x","state":"open","stuck":null}]}""")]
    [InlineData("""{"online":true,"kind":"counter-agent","session":"{s}","serialPorts":{}}""")]
    [InlineData("""{"online":true,"kind":null,"session":"{s}"}""")]
    [InlineData("""{"online":"yes","kind":[],"session":{}}""")]
    [InlineData("null")]
    [InlineData("[[[[")]
    public async Task A_presence_that_is_not_one_is_shown_as_malformed_and_breaks_no_page(string presence)
    {
        var place = Hall.NextPlace();
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        await using var desk = await Hall.ConnectAsync(place.Desk);

        desk.SendRaw(Topics.Presence(place.Desk), Encoding.UTF8.GetBytes(presence.Replace("{s}", $"{desk.Session}", StringComparison.Ordinal)), retained: true);

        await Eventually.TrueAsync(async () => (await ShownAsync(leader, place.Desk)).GetProperty("faults").EnumerateArray()
            .Any(fault => fault.GetProperty("code").GetString() == "messages"), () => "not shown");
        Assert.Equal(200, (await leader.GetAsync("/devices")).Status);
        Assert.Equal(200, (await (await place.SignInAsync()).GetAsync("/console")).Status);
    }

    [Theory]
    [InlineData("""[{"role":"teapot","path":"","state":"melted","serial":"<b>","badFrames":9223372036854775807,"badFramesAtBox":9223372036854775807,"unacknowledged":-1,"stuck":[99,-1]}]""")]
    [InlineData("[]")]
    public async Task An_odd_presence_breaks_no_page(string ports)
    {
        var place = Hall.NextPlace();
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        await using var desk = await Hall.ConnectAsync(place.Desk);

        desk.SendRaw(Topics.Presence(place.Desk), Encoding.UTF8.GetBytes(
            $$"""{"online":true,"kind":"\u202egoat","session":"{{desk.Session}}","software":"\u0000\u200b<script>","counter":2147483647,"at":"9999-12-31T23:59:59.999+00:00","serialPorts":{{ports}}}"""));

        await Eventually.TrueAsync(async () => (await ShownAsync(leader, place.Desk)).GetProperty("online").GetBoolean(), () => "not online");
        Assert.Equal(200, (await leader.GetAsync("/devices")).Status);
        Assert.Equal(200, (await (await place.SignInAsync()).GetAsync("/console")).Status);
    }

    private static async Task<JsonElement> ShownAsync(ApiClient leader, string device) =>
        (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Single(one => one.GetProperty("id").GetString() == device);
}
