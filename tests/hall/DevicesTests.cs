using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests;

[Collection(OtherHall.Name)]
public sealed class DevicesTests(SharedHall shared) : HallTest(shared)
{
    [Fact]
    public async Task A_device_is_shown_with_its_presence_its_printer_and_its_faults()
    {
        var place = Hall.NextPlace();
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        await using var desk = await Hall.ConnectAsync(place.Desk);
        var before = await ShownAsync(leader, place.Desk);
        Assert.Equal((false, JsonValueKind.Null), (before.GetProperty("online").GetBoolean(), before.GetProperty("lastSeen").ValueKind));

        desk.SendPresence(counter: place.Counter + 1);
        await Eventually.TrueAsync(async () => (await ShownAsync(leader, place.Desk)).GetProperty("online").GetBoolean(), () => "not online");
        (await desk.AskAsync(ReportTypes.PrinterStatus, new { paper = "low", cover = "open", online = true, fault = "cutter" })).Ok();
        (await desk.AskAsync(ReportTypes.DeviceFault, new { code = "port-silent", message = "Cổng nối tiếp im lặng" })).Ok();
        Assert.Equal("malformed", (await desk.AskAsync(ReportTypes.PrinterStatus, new { paper = "wet", cover = "open", online = true })).Brief);
        Assert.Equal("malformed", (await desk.AskAsync(ReportTypes.DeviceFault, new { code = "" })).Brief);

        var shown = await ShownAsync(leader, place.Desk);
        Assert.Equal("counter-agent", shown.GetProperty("kind").GetString());
        Assert.Equal(place.Counter, shown.GetProperty("counter").GetInt32());
        Assert.Equal("1.2.3", shown.GetProperty("software").GetString());
        Assert.Equal("""{"paper":"low","cover":"open","online":true,"fault":"cutter"}""", shown.GetProperty("printer").GetRawText());
        var faults = shown.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("code").GetString()).ToList();
        Assert.Contains("counter", faults);
        Assert.Contains("port-silent", faults);
        Assert.Equal(["printer-cover-open", "printer-cutter", "printer-paper-low"], faults.Where(code => code!.StartsWith("printer-", StringComparison.Ordinal)));
        Assert.DoesNotContain(desk.Commands, command => command.Type == CommandTypes.Identify);
    }

    [Fact]
    public async Task The_will_of_the_present_session_takes_a_device_offline_and_that_of_an_older_one_does_not()
    {
        var place = Hall.NextPlace();
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        await using var rater = await Hall.ConnectAsync(place.Rater);
        rater.SendPresence();
        await Eventually.TrueAsync(async () => (await ShownAsync(leader, place.Rater)).GetProperty("online").GetBoolean(), () => "not online");

        rater.SendPresence(online: false, session: Guid.CreateVersion7());
        (await rater.AskAsync(ReportTypes.DeviceFault, new { code = "a", message = "b" })).Ok();
        Assert.True((await ShownAsync(leader, place.Rater)).GetProperty("online").GetBoolean());
        rater.SendPresence(online: false);
        await Eventually.TrueAsync(async () => !(await ShownAsync(leader, place.Rater)).GetProperty("online").GetBoolean(), () => "still online");
    }

    [Fact]
    public async Task The_hall_is_retained_comes_on_change_at_most_five_times_a_second_and_within_10_seconds()
    {
        var place = Hall.NextPlace();
        await using var display = await Hall.ConnectAsync("bench-8");
        await Eventually.TrueAsync(() => display.Halls.Count > 0, () => "no hall");
        Assert.True(display.Halls.First().Retained);

        var started = TimeProvider.System.GetTimestamp();
        var before = display.Halls.Count;
        for (var i = 0; i < 100; i++)
        {
            await place.TakeNumberAsync();
        }

        await Eventually.TrueAsync(() => Waiting(display.Halls.Last(), place.Service) == 100, () => $"{Waiting(display.Halls.Last(), place.Service)} wait");
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Assert.InRange(display.Halls.Count - before, 1, (seconds * 5) + 2);

        var live = (await Hall.Anyone.GetAsync("/api/v1/hall")).Ok();
        var newest = JsonSerializer.Deserialize<JsonElement>(display.Halls.Last().Payload.Span);
        Assert.Equal(
            live.EnumerateObject().Where(field => field.Name != "at").Select(field => field.Value.GetRawText()),
            newest.EnumerateObject().Where(field => field.Name != "at").Select(field => field.Value.GetRawText()));
        var count = display.Halls.Count;
        await Eventually.TrueAsync(() => display.Halls.Count > count, () => "the hall was silent", TimeSpan.FromSeconds(12));
        Assert.NotEqual(newest.GetProperty("at").GetString(), JsonSerializer.Deserialize<JsonElement>(display.Halls.Last().Payload.Span).GetProperty("at").GetString());
    }

    private static int Waiting(MqttMessage hall, string service) =>
        JsonSerializer.Deserialize<JsonElement>(hall.Payload.Span).GetProperty("services").EnumerateArray()
            .Single(one => one.GetProperty("code").GetString() == service).GetProperty("waiting").GetInt32();

    private static async Task<JsonElement> ShownAsync(ApiClient leader, string device) =>
        (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Single(one => one.GetProperty("id").GetString() == device);
}
