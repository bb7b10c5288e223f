using System.Net.Http.Json;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Screens;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>A real hub, a real kiosk and a browser: booked citizens check in, and phones are shown where to take a number.</summary>
public sealed class KioskAppointmentTests(ScreenHall hall, Chromium chromium) : IClassFixture<ScreenHall>
{
    [Fact]
    public async Task A_booked_citizen_types_the_code_or_shows_its_QR_and_is_told_what_is_wrong_with_it()
    {
        await using var kiosk = await KioskProcess.StartAsync(hall.Hub);
        await BookAsync("880011", "880012", "880013");
        var used = (await hall.Hub.CheckInAsync("880013")).Number;
        var page = await chromium.OpenAsync(1080, 1920);
        await page.GotoAsync(kiosk.Address);
        await page.Locator(".join .qr").WaitForAsync();
        var faults = new List<string>(await ScreenHall.FaultsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Tôi có lịch hẹn" }).ClickAsync();
        await page.WaitForURLAsync("**/appointment");
        foreach (var digit in "8800111")
        {
            await page.ClickAsync($"[data-digit='{digit}']");
        }

        await page.ClickAsync("[data-erase]");
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        await page.ClickAsync("[data-checkin]");
        await Assertions.Expect(page.Locator(".mine .lane.booked")).ToContainTextAsync("hẹn");
        Assert.Matches("^H[0-9]{3}$", await page.Locator(".number").InnerTextAsync());
        faults.AddRange(await ScreenHall.FaultsAsync(page));

        // A reader types what it reads, on the first screen too; a code that was used is refused in words.
        await page.GotoAsync(kiosk.Address);
        await ScanAsync(page, "880013");
        await Assertions.Expect(page.Locator(".message")).ToContainTextAsync($"Mã hẹn này đã dùng để lấy số {used}.");
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        await page.GotoAsync(kiosk.Address + "/?lang=en");
        await ScanAsync(page, "880013");
        await Assertions.Expect(page.Locator(".message [lang=en].do")).ToContainTextAsync(used);
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        await page.GotoAsync(kiosk.Address + "/?lang=vi");
        await ScanAsync(page, "889999");
        await Assertions.Expect(page.Locator(".message")).ToContainTextAsync("Không có lịch hẹn với mã này");
        await page.GotoAsync(kiosk.Address + "/appointment");
        await ScanAsync(page, "880012");
        await Assertions.Expect(page.Locator(".mine .lane.booked")).ToContainTextAsync("hẹn");
        Assert.Empty(faults);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_QR_of_the_idle_screen_holds_the_code_of_now_and_the_landscape_pages_have_no_fault()
    {
        await using var kiosk = await KioskProcess.StartAsync(hall.Hub);
        var page = await chromium.OpenAsync(1920, 1080);
        var faults = new List<string>();
        foreach (var path in new[] { "/", "/?lang=en", "/appointment?lang=en" })
        {
            await page.GotoAsync(kiosk.Address + path);
            await page.Locator(path.StartsWith("/app", StringComparison.Ordinal) ? ".keys" : ".join .qr").WaitForAsync();
            faults.AddRange(await ScreenHall.FaultsAsync(page));
        }

        Assert.Empty(faults);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_booked_call_bears_its_mark_on_the_display_and_on_the_console()
    {
        var officer = await hall.Hub.SignInAsync("cb03", 3);
        // Whom the other tests of this hall left waiting was booked before; the last to be called here is a walk-in.
        await hall.Hub.TakeAsync("DD");
        while (await hall.Hub.CommandAsync(officer, 3, "call-next") is not null)
        {
            await hall.Hub.CommandAsync(officer, 3, "finish");
        }

        await BookAsync("881001");
        var booked = await hall.Hub.CheckInAsync("881001");
        var display = await hall.OpenAsync("/display?sound=off", 1920, 1080);
        await Assertions.Expect(display.Locator("#last-booked")).ToBeHiddenAsync();

        await hall.Hub.CommandAsync(officer, 3, "call-next");
        await Assertions.Expect(display.Locator("#last-number")).ToHaveTextAsync(booked.Number);
        await Assertions.Expect(display.Locator("#last-booked")).ToBeVisibleAsync();
        await display.ReloadAsync();
        await Assertions.Expect(display.Locator("#last-booked")).ToHaveTextAsync("Có hẹn");
        var console = await hall.OpenAsync("/console", cookie: officer);
        await Assertions.Expect(console.Locator("#now .lane.booked")).ToContainTextAsync("hẹn");
        Assert.Empty(new List<string>([.. await ScreenHall.FaultsAsync(display), .. await ScreenHall.FaultsAsync(console)]));
        await hall.Hub.CommandAsync(officer, 3, "finish");
        await display.Context.CloseAsync();
        await console.Context.CloseAsync();
    }

    private async Task BookAsync(params string[] codes)
    {
        var administrator = await hall.Hub.SignInAsync("qt01", null);
        var (status, text) = await hall.Hub.SendAsync(administrator, HttpMethod.Post, "/api/v1/appointments", JsonContent.Create(new
        {
            appointments = codes.Select(code => new { at = TimeProvider.System.GetUtcNow().ToString("O"), service = "DD", code }),
        }));
        Assert.True((int)status == 200 && text.Contains($"\"taken\":{codes.Length}", StringComparison.Ordinal), text);
    }

    /// <summary>As a reader at the keyboard's plug does: digits and Enter, within milliseconds.</summary>
    private static async Task ScanAsync(IPage page, string code)
    {
        await Assertions.Expect(page.Locator(".screen:not([inert])")).ToBeVisibleAsync();
        await page.EvaluateAsync(
            """
            code => {
              for (const key of [...code, "Enter"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            }
            """,
            code);
    }
}
