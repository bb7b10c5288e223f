using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>A number by phone, as a visitor takes it.</summary>
public sealed partial class JoinPageTests(ScreenHall hall, Chromium chromium) : IClassFixture<ScreenHall>
{
    [Fact]
    public async Task A_visitor_reads_the_code_from_the_display_and_is_led_to_the_live_ticket_without_any_script()
    {
        var code = await CodeAsync();
        var browser = (await chromium.OpenAsync(1, 1)).Context.Browser!;
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            JavaScriptEnabled = false,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(hall.Hub.Address + "/join");
        await page.FillAsync("#code", "111 111");
        await page.CheckAsync("[name=service][value=HT]");
        await page.CheckAsync("[name=lane][value=priority]");
        await page.ClickAsync(".join > .primary");
        await Assertions.Expect(page.Locator("#fault")).ToContainTextAsync("Mã không đúng");
        await Assertions.Expect(page.Locator("[name=service][value=HT]")).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("[name=lane][value=priority]")).ToBeCheckedAsync();

        await page.FillAsync("#code", code);
        await page.SelectOptionAsync("#then", "HT");
        await page.ClickAsync(".join > .primary");
        await Assertions.Expect(page.Locator("#fault")).ToContainTextAsync("Việc thứ hai phải khác");
        await page.SelectOptionAsync("#then", "CT");
        await page.ClickAsync(".join > .primary");
        await Assertions.Expect(page).ToHaveURLAsync(TicketAddress());
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Chứng thực");
        var address = page.Url;
        await page.GotoAsync(hall.Hub.Address + "/join");
        await Assertions.Expect(page.Locator(".held a")).ToHaveAttributeAsync("href", new Uri(address).AbsolutePath);
        await page.CheckAsync("[name=service][value=HT]");
        await page.FillAsync("#code", "0");
        await page.ClickAsync(".join > .primary");
        await Assertions.Expect(page).ToHaveURLAsync(address);
    }

    [Fact]
    public async Task By_keys_alone_with_the_code_of_a_QR_the_number_is_two_choices_away_and_no_page_has_a_fault()
    {
        var faults = new List<string>();
        var code = await CodeAsync();
        foreach (var (path, width, height) in new[] { ("/join", 390, 844), ($"/join?code={code}", 320, 640) })
        {
            foreach (var language in new[] { "vi", "en" })
            {
                var page = await hall.OpenAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}lang={language}", width, height);
                Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
                faults.AddRange(await ScreenHall.FaultsAsync(page));
                await page.Context.CloseAsync();
            }
        }

        var walk = await hall.OpenAsync($"/join?code={code}", 390, 844);
        await walk.FocusAsync("[name=service]");
        await walk.Keyboard.PressAsync("Space");
        await walk.Keyboard.PressAsync("Tab");
        await walk.Keyboard.PressAsync("Tab");
        await walk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(walk).ToHaveURLAsync(TicketAddress());
        faults.AddRange(await ScreenHall.FaultsAsync(walk));
        await walk.Context.CloseAsync();

        var leader = await hall.Hub.SignInAsync("ld01", null);
        var poster = await hall.OpenAsync("/join/poster", cookie: leader);
        await Assertions.Expect(poster.Locator(".poster")).ToContainTextAsync("Quét mã để lấy số");
        await Assertions.Expect(poster.Locator(".poster .qr")).ToBeVisibleAsync();
        Assert.DoesNotContain(code, await poster.ContentAsync(), StringComparison.Ordinal);
        faults.AddRange(await ScreenHall.FaultsAsync(poster));
        await poster.Context.CloseAsync();
        Assert.Empty(faults);
    }

    private async Task<string> CodeAsync()
    {
        var display = await hall.OpenAsync("/display", 1920, 1080);
        var code = (await display.TextContentAsync("#join b"))!.Replace(" ", "", StringComparison.Ordinal);
        await display.Context.CloseAsync();
        return code;
    }

    [GeneratedRegex("/t/[a-z0-9]{17}$")]
    private static partial Regex TicketAddress();
}
