using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Screens;

namespace Reception.Hall.Tests.Metrics;

/// <summary>The administrator's page of the hub's figures in a real browser, over a hub whose province is away.</summary>
public sealed class MetricsPageTests(MeasuredHall hall) : IClassFixture<MeasuredHall>
{
    private const string Path = "/admin/metrics";

    // At a desk, the same at 150 %, and a phone.
    private static readonly (int Width, int Height)[] Sizes = [(1366, 768), (911, 512), (390, 844)];

    [Theory]
    [InlineData("vi", "Lệnh chờ ghi", "Máy lấy số")]
    [InlineData("en", "Commands that wait to be written", "Kiosk")]
    public async Task It_shows_every_figure_in_words_and_has_no_serious_fault_at_any_size(string language, string queue, string kiosk)
    {
        await hall.Hub.TakeAsync("CU");
        await hall.Hub.GetAsync("/api/v1/devices");
        var page = await OpenAsync($"{Path}?lang={language}");

        await Assertions.Expect(page.Locator("#metric-queue h2")).ToHaveTextAsync(queue);
        await Assertions.Expect(page.Locator("#metric-writing .big")).ToContainTextAsync(new Regex(@"\d+ (ms|s|giây) "));
        await Assertions.Expect(page.Locator("#metric-screens .big")).ToContainTextAsync(new Regex(@"\d+"));
        await Assertions.Expect(page.Locator("#metric-devices tr", new() { HasText = kiosk })).ToContainTextAsync("0 / ");
        await Assertions.Expect(page.Locator("#metric-commands tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#metric-refusals tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".parts [aria-current=page]")).ToHaveAttributeAsync("href", Path);
        var faults = new List<string>();
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            faults.AddRange(await ScreenHall.FaultsAsync(page));
        }

        Assert.Empty(faults);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task It_follows_the_hall_without_a_reload()
    {
        var page = await OpenAsync(Path);
        var queue = page.Locator("#metric-tickets tbody tr", new() { HasText = "Đất đai" }).Locator("td");
        var waiting = int.Parse(await queue.TextContentAsync() ?? "", System.Globalization.CultureInfo.InvariantCulture);

        await hall.Hub.TakeAsync("DD");

        await Assertions.Expect(queue).ToHaveTextAsync($"{waiting + 1}");
        await Assertions.Expect(page.Locator("#live")).Not.ToHaveClassAsync(new Regex("away"));
        Assert.Empty(hall.Hub.Errors);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task It_says_what_waits_for_the_province()
    {
        await hall.Hub.TakeAsync("KD");
        var page = await OpenAsync(Path);

        await Assertions.Expect(page.Locator("#metric-province .big")).ToContainTextAsync(new Regex("[1-9][0-9]* dòng sổ chờ gửi"));
        Assert.InRange((await Scrape.OfAsync(hall.Hub)).Sum("reception_hub_province_backlog"), 1, 1000);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task It_is_reached_from_the_other_pages_of_the_administrator_and_leads_back()
    {
        var page = await OpenAsync("/admin/lanes");
        await page.ClickAsync($".parts a[href='{Path}']");
        await Assertions.Expect(page.Locator("#metrics")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#live")).ToBeVisibleAsync();
        await page.ClickAsync(".parts a[href='/admin/hours']");
        await Assertions.Expect(page).ToHaveURLAsync(hall.Hub.Address + "/admin/hours");
        await Assertions.Expect(page.Locator("#metrics")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string path) => await hall.OpenAsync(path, cookie: await hall.Hub.SignInAsync("qt01", null));
}

/// <summary>A demonstration hall whose province does not answer.</summary>
public sealed class MeasuredHall(Chromium chromium) : ScreenHall(chromium)
{
    private protected override Task<RunningHall> StartAsync() => RunningHall.StartAsync(province: $"http://127.0.0.1:{FreePort.Next()}/events");
}
