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
}
