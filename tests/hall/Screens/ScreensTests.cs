using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>The hub's pages in a real browser over a real hub.</summary>
public sealed class ScreensTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    private static readonly CancellationToken Ends = TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_has_a_serious_fault_in_either_language()
    {
        var link = new Uri((await hall.Hub.TakeAsync("XH", "priority")).Link!).AbsolutePath;
        var faults = new List<string>();
        foreach (var language in new[] { "vi", "en" })
        {
            foreach (var (path, width, height) in new[] { ("/", 1366, 768), ("/signin", 1366, 768), ("/display", 1920, 1080), (link, 390, 844), (link, 320, 640), ("/t/none", 390, 844) })
            {
                var page = await hall.OpenAsync($"{path}?lang={language}", width, height);
                faults.AddRange(await ScreenHall.FaultsAsync(page));
                Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
                await page.Context.CloseAsync();
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task An_officer_walks_a_visit_by_keys_alone()
    {
        var first = await hall.Hub.TakeAsync("DD", "priority");
        var second = await hall.Hub.TakeAsync("DD");
        var page = await hall.OpenAsync("/signin");
        await page.FocusAsync("[data-officer=cb03]");
        await page.Keyboard.PressAsync("Enter");
        await page.FocusAsync("#counter-3");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.TypeAsync(HallPlan.Pin);
        await page.FocusAsync("#go");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(hall.Hub.Address + "/console");
        var faults = new List<string>(await ScreenHall.FaultsAsync(page));

        await PressAsync(page, "F2", "#do-start");
        Assert.Equal(first.Number, await page.TextContentAsync("#now .number"));
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        await page.Keyboard.PressAsync("F3");
        await Assertions.Expect(page.Locator("#now dl")).ToContainTextAsync("Số lần gọi2");
        await PressAsync(page, "F4", "#do-finish:not(:disabled)");
        faults.AddRange(await ScreenHall.FaultsAsync(page));

        await PressAsync(page, "F7", "#transfer[open] [data-transfer-service]:focus");
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        await PressAsync(page, "Escape", "#transfer:not([open])", attached: true);
        await PressAsync(page, "F4", "#do-undo");
        await PressAsync(page, "F9", "#do-finish:not(:disabled)");
        await PressAsync(page, "F8", "#do-call-next.primary");
        await Assertions.Expect(page.Locator("#tab-held")).ToContainTextAsync("1");
        await PressAsync(page, "F2", "#do-start");
        Assert.Equal(second.Number, await page.TextContentAsync("#now .number"));
        await PressAsync(page, "F6", "#do-undo");

        await page.FocusAsync("#tab-held");
        await page.Keyboard.PressAsync("Enter");
        await page.FocusAsync($"#call-{first.Id}");
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        await PressAsync(page, "Enter", "#do-start");
        Assert.Equal(first.Number, await page.TextContentAsync("#now .number"));
        Assert.Empty(faults);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_wrong_pin_is_said_and_the_sixth_try_waits()
    {
        var page = await hall.OpenAsync("/signin");
        await page.ClickAsync("[data-officer=ld01]");
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            await page.Keyboard.TypeAsync("0000");
            await page.ClickAsync("#go");
            await Assertions.Expect(page.Locator("#fault")).ToContainTextAsync(attempt < 6 ? "Mã PIN không đúng" : "Thử lại sau");
        }

        await page.Keyboard.TypeAsync(HallPlan.Pin);
        await Assertions.Expect(page.Locator("#go")).ToBeDisabledAsync();
        await page.ClickAsync("[data-officer=qt01]");
        await page.Keyboard.TypeAsync(HallPlan.Pin);
        await Assertions.Expect(page.Locator("#go")).ToBeEnabledAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Calls_made_at_once_are_shown_and_spoken_one_after_the_other()
    {
        var (four, five) = (await hall.Hub.SignInAsync("cb04", 4), await hall.Hub.SignInAsync("cb05", 5));
        var waiting = new[] { await hall.Hub.TakeAsync("CU"), await hall.Hub.TakeAsync("CU") };
        var page = await hall.OpenAsync("/display", 1920, 1080);
        await Assertions.Expect(page.Locator("#sound")).ToHaveTextAsync("Âm thanh đang bật");
        var spoken = new ConcurrentQueue<string>();
        page.Response += (_, response) =>
        {
            if (response.Url.Contains("/voice/", StringComparison.Ordinal) && !response.Url.Contains(".wav", StringComparison.Ordinal))
            {
                spoken.Enqueue($"{(int)response.Status} {response.Url.Split('/')[^2]}");
            }
        };

        var residence = new { service = "CU" };
        var calls = await Task.WhenAll(hall.Hub.CommandAsync(four, 4, "call-next", residence), hall.Hub.CommandAsync(five, 5, "call-next", residence));

        var called = calls.Select(counter => counter!.Ticket!.Number).ToHashSet();
        Assert.Equal(2, called.Count);
        // Another test's call may come in between.
        await Eventually.TrueAsync(
            async () => called.IsSubsetOf(await page.Locator("#last-number, #before b").AllTextContentsAsync()), () => string.Join(", ", spoken), TimeSpan.FromSeconds(40));
        await Eventually.TrueAsync(
            () => called.Select(number => $"200 {number}").Order().SequenceEqual(spoken.ToArray().Where(one => called.Contains(one[4..])).Order()),
            () => string.Join(", ", spoken));
        Assert.Contains(waiting[0].Number, await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_call_is_a_list_of_clips_that_a_browser_keeps_and_anything_else_is_not_found()
    {
        using var call = await hall.Hub.GetAsync("/voice/vi/A012/3");
        var clips = (await call.Content.ReadFromJsonAsync<string[]>(Ends))!;
        Assert.Equal(
            ["call", "letter-a", "digit-0", "digit-1", "digit-2", "to-counter", "number-3"],
            clips.Select(address => address.Replace("/voice/vi/", "", StringComparison.Ordinal).Split(".wav?v=")[0]));
        foreach (var address in clips)
        {
            using var clip = await hall.Hub.GetAsync(address);
            Assert.Equal("audio/wav", clip.Content.Headers.ContentType!.MediaType);
            Assert.Equal("public, max-age=31536000, immutable", clip.Headers.CacheControl!.ToString());
            Assert.NotNull(clip.Headers.ETag);
            Assert.True((await clip.Content.ReadAsByteArrayAsync(Ends)).Length > 8_000);
        }

        // An address without the clip's version is asked for again each time.
        using var plain = await hall.Hub.GetAsync("/voice/en/number-199.wav");
        Assert.Equal("no-cache", plain.Headers.CacheControl!.ToString());
        foreach (var path in new[]
        {
            "/voice/vi/A012/0", "/voice/vi/A012/1000", "/voice/vi/a012/3", "/voice/vi/A12/3", "/voice/km/A012/3", "/voice/A001/5.wav",
            "/voice/vi/digit-10.wav", "/voice/vi/number-1000.wav", "/voice/vi/..%2F..%2Fhub.dll.wav", "/voice/..%2Fvi/call.wav",
        })
        {
            using var refused = await hall.Hub.GetAsync(path);
            Assert.True(refused.StatusCode == HttpStatusCode.NotFound, $"{path} answered {refused.StatusCode}");
        }
    }

    [Fact]
    public async Task A_citizen_watches_the_number_until_it_is_called_and_can_cancel_it()
    {
        var officer = await hall.Hub.SignInAsync("cb01", 1);
        var (mine, other) = (await hall.Hub.TakeAsync("HT"), await hall.Hub.TakeAsync("HT"));
        var page = await hall.OpenAsync(new Uri(mine.Link!).AbsolutePath, 390, 844);
        await Assertions.Expect(page.Locator("#ticket")).ToContainTextAsync("Kế tiếp");

        await hall.Hub.CommandAsync(officer, 1, "call-next");
        await Assertions.Expect(page.Locator("#ticket")).ToContainTextAsync("Mời đến quầy");
        Assert.Equal("1", await page.TextContentAsync(".desk"));
        Assert.Empty(await ScreenHall.FaultsAsync(page));

        await page.GotoAsync(other.Link!);
        await page.ClickAsync(".foot a.button");
        await page.ClickAsync(".yes");
        await Assertions.Expect(page.Locator("#ticket")).ToContainTextAsync("Số đã hủy");
        Assert.Empty(await ScreenHall.FaultsAsync(page));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Screens_say_that_the_hub_is_away_and_go_on_when_it_is_back()
    {
        await using var hub = await RunningHall.StartAsync();
        var officer = await hub.SignInAsync("cb02", 2);
        await hub.TakeAsync("CT");
        await hub.CommandAsync(officer, 2, "call-next");
        var console = await hall.OpenAsync("/signin");
        var parts = officer.Split('=', 2);
        await console.Context.AddCookiesAsync([new Microsoft.Playwright.Cookie { Name = parts[0], Value = parts[1], Url = hub.Address }]);
        await console.GotoAsync(hub.Address + "/console");
        var display = await console.Context.NewPageAsync();
        await display.GotoAsync(hub.Address + "/display");
        await Assertions.Expect(console.Locator("#do-start")).ToBeEnabledAsync();

        await hub.KillHubAsync();
        await Assertions.Expect(console.Locator("#away")).ToContainTextAsync("Mất kết nối với máy chủ");
        await Assertions.Expect(console.Locator("#do-start")).ToBeDisabledAsync();
        await Assertions.Expect(display.Locator("#away")).ToContainTextAsync("Số trên màn hình là số cũ");
        Assert.Equal("B001", await display.TextContentAsync("#last-number"));
        var faults = new List<string>([.. await ScreenHall.FaultsAsync(display), .. await ScreenHall.FaultsAsync(console)]);

        await hub.StartHubAsync();
        await Assertions.Expect(console.Locator("#do-start")).ToBeEnabledAsync();
        await Assertions.Expect(display.Locator("#away")).ToBeHiddenAsync();
        await PressAsync(console, "F4", "#do-finish:not(:disabled)");
        Assert.Empty(faults);
        await console.Context.CloseAsync();
    }

    private static async Task PressAsync(IPage page, string key, string until, bool attached = false)
    {
        await ScreenHall.PressableAsync(page);
        await page.Keyboard.PressAsync(key);
        await page.WaitForSelectorAsync(until, new PageWaitForSelectorOptions { State = attached ? WaitForSelectorState.Attached : WaitForSelectorState.Visible });
    }
}
