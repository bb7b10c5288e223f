using System.Net;
using Microsoft.Playwright;
using Reception.Hall.Tests.Dashboard;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>A paper's fate from the kiosk's printer to the people of the hall, and the copies that they order, through real programs.</summary>
public sealed class PapersTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    [Fact]
    public async Task A_kiosk_without_paper_is_told_to_officers_and_leaders_who_print_copies_once_there_is_some()
    {
        await using var kiosk = await KioskProcess.StartAsync(hall.Hub, """{"paper":"out"}""");
        var (officer, leader) = (await hall.Hub.SignInAsync("cb01", 1), await hall.Hub.SignInAsync("ld01", null));
        var console = await hall.OpenAsync("/console", cookie: officer);
        var dashboard = await hall.OpenAsync("/dashboard", cookie: leader);
        var row = console.Locator("[data-of=waiting] li", new() { HasText = "A001" });
        await kiosk.TouchAsync("HT");
        await Assertions.Expect(row).ToBeVisibleAsync();
        await kiosk.TouchAsync("CT");

        await Assertions.Expect(console.Locator("#bar")).ToContainTextAsync("Máy in hết giấy");
        await Assertions.Expect(console.Locator("#bar")).ToContainTextAsync("Thay cuộn giấy mới.");
        await Assertions.Expect(row).ToContainTextAsync("Chưa in được. Chưa có máy in nào sẵn sàng.");
        await Assertions.Expect(row.Locator("[data-print]")).ToBeDisabledAsync();
        await Assertions.Expect(dashboard.Locator("#now")).ToContainTextAsync("kiosk-1: Máy in hết giấy. Thay cuộn giấy mới.");
        await Assertions.Expect(dashboard.Locator("#papers tr")).ToContainTextAsync(["A001", "B001"]);
        await Assertions.Expect(dashboard.Locator("#papers")).ToContainTextAsync("Chưa có máy in nào sẵn sàng");
        Assert.Equal(["printer-paper-out: Máy in hết giấy. Thay cuộn giấy mới."], await PrinterFaultsAsync(leader));
        Assert.Contains("Thay cuộn giấy mới.", WebUtility.HtmlDecode((await hall.Hub.AskAsync("/devices", leader)).Body), StringComparison.Ordinal);
        var faults = new List<string>([.. await ScreenHall.FaultsAsync(console), .. await ScreenHall.FaultsAsync(dashboard)]);

        await kiosk.PlayAsync("{}");
        await row.Locator("[data-print]").ClickAsync();
        await Assertions.Expect(console.Locator("#told")).ToHaveTextAsync("Đã gửi lệnh in bản sao đến kiosk-1.");
        await Assertions.Expect(row).Not.ToContainTextAsync("Chưa in được");
        var other = dashboard.Locator("#papers tr", new() { HasText = "B001" }).Locator("[data-print]");
        await other.FocusAsync();
        await dashboard.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dashboard.Locator("#told")).ToHaveTextAsync("Đã gửi lệnh in bản sao phiếu B001 đến kiosk-1.");
        await Assertions.Expect(dashboard.Locator("#papers")).ToBeHiddenAsync();
        await Assertions.Expect(dashboard.Locator("#now")).Not.ToContainTextAsync("Máy in hết giấy");
        Assert.Equal(2, kiosk.Papers.Count);
        Assert.All(kiosk.Papers, paper => Assert.EndsWith("-copy.png", paper, StringComparison.Ordinal));
        await Eventually.TrueAsync(async () => (await PrinterFaultsAsync(leader)).Count == 0, () => hall.Hub.Said);

        // A citizen has lost a slip that came out well.
        await dashboard.GotoAsync(hall.Hub.Address + "/papers?number=a001");
        await dashboard.Locator("#papers [data-print]").ClickAsync();
        await Eventually.TrueAsync(() => kiosk.Papers.Count == 3, () => kiosk.Said);
        faults.AddRange(await ScreenHall.FaultsAsync(dashboard));

        // Nobody can say what became of a paper that a kill cut short: people are told, nothing is printed again by itself.
        await kiosk.PlayAsync("""{"takesMilliseconds":600000}""");
        await kiosk.TouchAsync("HT", "priority");
        await Eventually.TrueAsync(() => kiosk.Streams.Count == 4, () => kiosk.Said);
        await kiosk.KillAsync();
        await kiosk.PlayAsync("{}");
        await kiosk.StartAgainAsync();
        await Assertions.Expect(console.Locator("[data-of=waiting] li", new() { HasText = "A002" })).ToContainTextAsync("Chưa rõ đã in");
        await dashboard.GotoAsync(hall.Hub.Address + "/papers");
        await Assertions.Expect(dashboard.Locator("#papers tr").First).ToContainTextAsync("chưa rõ đã in");
        await dashboard.Locator("#papers tr").First.Locator("[data-print]").ClickAsync();
        await Assertions.Expect(dashboard.Locator("#papers tr", new() { HasText = "A002" })).Not.ToContainTextAsync("chưa rõ");
        Assert.Equal(4, kiosk.Papers.Count);

        await dashboard.SetViewportSizeAsync(390, 844);
        faults.AddRange(await ScreenHall.FaultsAsync(dashboard));
        await dashboard.GotoAsync(hall.Hub.Address + "/papers?number=Z999&lang=en");
        await Assertions.Expect(dashboard.Locator("#papers")).ToContainTextAsync("There is no number Z999 today.");
        faults.AddRange(await ScreenHall.FaultsAsync(dashboard));
        Assert.Empty(faults);
        Assert.Empty(hall.Hub.Errors);
    }

    private async Task<IReadOnlyList<string>> PrinterFaultsAsync(string leader) =>
    [
        .. (await hall.Hub.JsonAsync("/api/v1/devices", leader)).EnumerateArray().Single(device => device.GetProperty("id").GetString() == "kiosk-1")
            .GetProperty("faults").EnumerateArray().Select(fault => $"{fault.GetProperty("code")}: {fault.GetProperty("message")}")
            .Where(fault => fault.StartsWith("printer-", StringComparison.Ordinal)),
    ];
}
