using System.Globalization;
using System.Net;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests;

/// <summary>Booked times over the wire: an administrator gives them, a kiosk checks in, the counter calls at the time.</summary>
public sealed class AppointmentsTests : IAsyncLifetime
{
    private RunningHall Hall { get; set; } = null!;

    /// <summary>It is about noon in this hall, whenever the test runs: an hour more or less is the same day.</summary>
    public async ValueTask InitializeAsync()
    {
        var east = 12 - TimeProvider.System.GetUtcNow().Hour;
        var zone = string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(east > 0 ? "-" : "+")}{Math.Abs(east)}");
        Hall = await RunningHall.StartAsync(HallPlan.Json(2).Replace("Asia/Ho_Chi_Minh", zone, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        Hall.DemandNoErrors();
        await Hall.DisposeAsync();
    }

    [Fact]
    public async Task A_booked_citizen_is_called_before_walk_ins_once_the_time_has_come_and_not_before()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        var now = TimeProvider.System.GetUtcNow();
        await KeepAsync((now.AddMinutes(-1), place.Service, "700101"), (now.AddHours(1), place.Service, "700102"));
        await using var kiosk = await Hall.ConnectAsync("kiosk-1");

        var early = (await kiosk.AskAsync(ReportTypes.TicketRequest, new { appointment = "700102" })).Ok();
        Assert.Equal(204, (await officer.AtAsync(place.Counter, "call-next")).Status);
        Assert.Equal("409 not-allowed-now", (await officer.AtAsync(place.Counter, "call", new { ticket = early.GetProperty("id").GetString() })).Brief);
        var walkIn = (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" })).Ok();
        Assert.False(walkIn.TryGetProperty("appointment", out _));
        var due = (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal", appointment = "7001-01" })).Ok();
        Assert.Equal((place.Number(3), 0), (due.GetProperty("number").GetString(), due.GetProperty("ahead").GetInt32()));
        Assert.Equal(now.AddMinutes(-1).ToUnixTimeMilliseconds(), due.GetProperty("appointment").GetDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Equal(3, (await Hall.Anyone.GetAsync("/api/v1/hall")).Ok().GetProperty("services").EnumerateArray()
            .Single(service => service.GetProperty("code").GetString() == place.Service).GetProperty("waiting").GetInt32());

        Assert.Equal(place.Number(3), await CallAsync(officer, place.Counter));
        Assert.Equal(place.Number(2), await CallAsync(officer, place.Counter));
        Assert.Equal(204, (await officer.AtAsync(place.Counter, "call-next")).Status);

        var again = await kiosk.AskAsync(ReportTypes.TicketRequest, new { appointment = "700101" });
        Assert.Equal("not-allowed-now", again.Brief);
        var unknown = await Hall.Client("kiosk-1").PostAsync("/api/v1/tickets", new { appointment = "799999" });
        Assert.Equal("404 unknown-appointment", unknown.Brief);
    }

    [Fact]
    public async Task Only_an_administrator_gives_a_list_and_what_is_wrong_with_it_is_told()
    {
        var place = Hall.NextPlace();
        object list = new { appointments = new[] { new { at = "2099-01-02T08:30", service = place.Service, code = "700201" }, new { at = "soon", service = place.Service, code = "700202" } } };
        Assert.Equal("401 not-signed-in", (await Hall.Anyone.PostAsync("/api/v1/appointments", list)).Brief);
        Assert.Equal("403 not-allowed", (await (await Hall.SignedInAsync(HallPlan.Leader)).PostAsync("/api/v1/appointments", list)).Brief);
        Assert.Equal("403 not-allowed", (await Hall.Client("kiosk-1").PostAsync("/api/v1/appointments", list)).Brief);

        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);
        foreach (var wrong in new object[] { new { }, new { appointments = Array.Empty<object>() }, new { appointments = new[] { 1 } }, new { appointments = new[] { new { at = "x", service = "y" } } } })
        {
            Assert.Equal("400 malformed", (await administrator.PostAsync("/api/v1/appointments", wrong)).Brief);
        }

        var told = (await administrator.PostAsync("/api/v1/appointments", list, "a-list")).Ok();
        Assert.Equal((1, 2), (told.GetProperty("taken").GetInt32(), told.GetProperty("refused")[0].GetProperty("line").GetInt32()));
        Assert.Equal(told.ToString(), (await administrator.PostAsync("/api/v1/appointments", list, "a-list")).Ok().ToString());
        Assert.Equal(0, Hall.Query<long>("SELECT count(*) FROM journal WHERE body LIKE '%700201%'"));

        // Whether the hub ended before its line was carried or after: it is there, and once.
        await Hall.RestartHubAsync();
        await Eventually.TrueAsync(async () => await TrailAsync(administrator) == 1, () => "no line");
        (await administrator.PostAsync("/api/v1/appointments", list)).Ok();
        await Eventually.TrueAsync(async () => await TrailAsync(administrator) == 2, () => "no second line");
    }

    [Fact]
    public async Task An_administrator_takes_out_what_nobody_has_used()
    {
        var place = Hall.NextPlace();
        var now = TimeProvider.System.GetUtcNow();
        await KeepAsync((now.AddHours(1), place.Service, "700301"), (now.AddHours(1), place.Service, "700302"));
        var used = await Hall.Client("kiosk-1").PostAsync("/api/v1/tickets", new { appointment = "700302" });
        used.Ok(201);
        Assert.Equal("401 not-signed-in", (await Hall.Anyone.DeleteAsync("/api/v1/appointments/700301")).Brief);
        Assert.Equal("403 not-allowed", (await (await Hall.SignedInAsync(HallPlan.Leader)).DeleteAsync("/api/v1/appointments/700301")).Brief);

        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);
        Assert.Equal("409 not-allowed-now", (await administrator.DeleteAsync("/api/v1/appointments/700302")).Brief);
        Assert.Equal("204", (await administrator.DeleteAsync("/api/v1/appointments/7003-01")).Brief);
        Assert.Equal("404 unknown-appointment", (await administrator.DeleteAsync("/api/v1/appointments/700301")).Brief);
        Assert.Equal("404 unknown-appointment", (await Hall.Client("kiosk-1").PostAsync("/api/v1/tickets", new { appointment = "700301" })).Brief);
        await Eventually.TrueAsync(
            async () => WebUtility.HtmlDecode((await administrator.GetAsync("/admin/changes")).Text).Contains("Lịch hẹn 700301", StringComparison.Ordinal), () => "no line");
    }

    private static async Task<int> TrailAsync(ApiClient administrator) =>
        WebUtility.HtmlDecode((await administrator.GetAsync("/admin/changes")).Text).Split("nhận 1, từ chối 1").Length - 1;

    private async Task KeepAsync(params (DateTimeOffset At, string Service, string Code)[] booked)
    {
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);
        var told = (await administrator.PostAsync("/api/v1/appointments", new
        {
            appointments = booked.Select(one => new { at = ProtocolJson.Text(one.At), service = one.Service, code = one.Code }),
        })).Ok();
        Assert.Equal(booked.Length, told.GetProperty("taken").GetInt32());
    }

    private static async Task<string> CallAsync(ApiClient officer, int counter)
    {
        var called = (await officer.AtAsync(counter, "call-next")).Ok();
        (await officer.AtAsync(counter, "finish")).Ok();
        return called.GetProperty("ticket").GetProperty("number").GetString()!;
    }
}
