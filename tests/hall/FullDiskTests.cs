using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests;

public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_refuses_with_not_ready_answers_no_device_and_recovers_by_itself()
    {
        using var disk = await SmallDisk.MakeAsync("80m");
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1), disk.Folder);
        hall.Expect("Not written");
        await using var kiosk = await hall.ConnectAsync("kiosk-1");
        await kiosk.TakeNumberAsync("S01");
        disk.Fill();

        var http = hall.Client("bench-1");
        await Eventually.TrueAsync(
            async () => (await http.PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Brief == "503 not-ready", () => "still written");
        var fact = kiosk.Send(ReportTypes.TicketRequest, new { service = "S01", lane = "normal" });
        Assert.Equal("503 not-ready", (await http.PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Brief);
        Assert.Equal(200, (await hall.Anyone.GetAsync("/api/v1/hall")).Status);
        Assert.Equal(503, (await hall.Anyone.GetAsync("/readyz")).Status);
        Assert.DoesNotContain(kiosk.Answers, answer => answer.Report == fact);
        var last = hall.Query<string>("SELECT number FROM ticket ORDER BY number DESC LIMIT 1");

        disk.Empty();
        var next = (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "S01", lane = "normal" }, fact)).Ok().GetProperty("number").GetString()!;
        Assert.Equal(int.Parse(last[1..], System.Globalization.CultureInfo.InvariantCulture) + 1, int.Parse(next[1..], System.Globalization.CultureInfo.InvariantCulture));
        (await http.PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Ok(201);
        hall.DemandNoErrors();
    }

    [Fact]
    public async Task Little_space_refuses_phones_in_words_is_told_and_leaves_kiosks_and_officers_alone()
    {
        using var disk = await SmallDisk.MakeAsync("150m");
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1), disk.Folder);
        await using var kiosk = await hall.ConnectAsync("kiosk-1");
        var place = hall.NextPlace();
        var code = (await hall.Client("kiosk-1").GetAsync("/api/v1/join")).Ok().GetProperty("code").GetString();
        var join = new { code, service = place.Service, lane = "normal" };

        var refused = await hall.Anyone.PostAsync("/api/v1/join", join);
        Assert.Equal("503 not-ready", refused.Brief);
        Assert.Contains("Xin lấy số ở máy", refused.Text, StringComparison.Ordinal);
        await kiosk.TakeNumberAsync(place.Service);
        var officer = await place.SignInAsync();
        (await officer.AtAsync(place.Counter, "call-next")).Ok();
        var ready = await hall.Anyone.GetAsync("/readyz");
        Assert.Equal(200, ready.Status);
        Assert.Contains("less than 200: numbers by phone are refused", ready.Text, StringComparison.Ordinal);
        Assert.Single(hall.HubRun.Said, line => line.Contains("less than disk.lowMb (200)", StringComparison.Ordinal));
        var leader = await hall.SignedInAsync(HallPlan.Leader);
        Assert.Contains("đã ngừng cấp số qua điện thoại", System.Net.WebUtility.HtmlDecode((await leader.GetAsync("/dashboard")).Text), StringComparison.Ordinal);

        // Below the lower limit the hub says that it is not ready, and works as before.
        var large = Path.Combine(disk.Folder, "large");
        await File.WriteAllBytesAsync(large, new byte[110 * 1024 * 1024], TestContext.Current.CancellationToken);
        Assert.Equal(503, (await hall.Anyone.GetAsync("/readyz")).Status);
        await kiosk.TakeNumberAsync(place.Service);
        File.Delete(large);

        await hall.RestartHubAsync("disk", new { lowMb = 20, alarmMb = 10 });
        (await hall.Anyone.PostAsync("/api/v1/join", join)).Ok(201);
        hall.DemandNoErrors();
    }
}
