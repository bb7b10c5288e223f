using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Screens;

namespace Reception.Hall.Tests.Pairing;

/// <summary>Both sides of a pairing in real browsers: the device shows a code, the administrator compares it and accepts, the device goes to work.</summary>
public sealed partial class PairingScreenTests(ScreenHall hall, Chromium chromium) : IClassFixture<ScreenHall>
{
    [Fact]
    public async Task A_rater_is_paired_moved_and_revoked_by_the_screens_alone()
    {
        var screen = $"http://127.0.0.1:{FreePort.Next()}";
        await using var rater = new UnpairedDevice("rating-device", hall.Hub.Address, new { http = screen });
        rater.Start();
        var device = await chromium.OpenAsync(1280, 800);
        await ShownAsync(device, screen, () => rater.Said);
        await Assertions.Expect(device.Locator(".code strong")).ToBeVisibleAsync();
        Assert.Empty(await ScreenHall.FaultsAsync(device));
        var code = await device.Locator(".code strong").InnerTextAsync();

        var devices = await hall.OpenAsync("/devices", cookie: await hall.Hub.SignInAsync("qt01", null));
        devices.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        var card = devices.Locator("#pairing article", new PageLocatorOptions { HasText = code });
        await Assertions.Expect(card).ToBeVisibleAsync();
        Assert.Empty(await ScreenHall.FaultsAsync(devices));
        await card.Locator("input[name=name]").FillAsync("Máy đánh giá mới");
        await card.Locator("select[name=counter]").SelectOptionAsync("5");
        await card.Locator("[name=as]").SelectOptionAsync("");
        await card.Locator(".primary").ClickAsync();
        await Assertions.Expect(devices.Locator("#pairing .done")).ToContainTextAsync("Đã nhận Máy đánh giá mới");

        // The browser at the device goes on by itself, and so does the list.
        await Assertions.Expect(device.Locator(".screen.idle")).ToBeVisibleAsync();
        await Assertions.Expect(device.GetByText("Quầy 5")).ToBeVisibleAsync();
        var row = devices.Locator("#devices tr", new PageLocatorOptions { HasText = "Máy đánh giá mới" });
        await Assertions.Expect(row.Locator(".state")).ToHaveTextAsync("Trực tuyến");

        await row.Locator("th a").ClickAsync();
        await devices.Locator("select[name=counter]").SelectOptionAsync("4");
        await devices.Locator("form .primary").ClickAsync();
        await Assertions.Expect(devices.Locator(".done")).ToBeVisibleAsync();
        Assert.Empty(await ScreenHall.FaultsAsync(devices));
        await Assertions.Expect(device.GetByText("Quầy 4")).ToBeVisibleAsync();

        await devices.GotoAsync($"{hall.Hub.Address}/devices");
        await row.GetByText("Thu hồi").ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await Assertions.Expect(device.Locator(".code strong")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 40_000 });
        Assert.Null(rater.Paired);
        await device.Context.CloseAsync();
        await devices.Context.CloseAsync();
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(1024, 600)]
    [InlineData(800, 480)]
    [InlineData(600, 1024)]
    [InlineData(1080, 1920)]
    public async Task The_code_and_the_steps_are_on_one_screen(int width, int height)
    {
        var screen = $"http://127.0.0.1:{FreePort.Next()}";
        await using var rater = new UnpairedDevice("rating-device", hub: null, new { http = screen });
        rater.Start();
        var page = await chromium.OpenAsync(width, height);
        await ShownAsync(page, screen, () => rater.Said);
        await Assertions.Expect(page.GetByText("Chưa biết máy chủ ở đâu")).ToBeVisibleAsync();
        Assert.Empty(await ScreenHall.FaultsAsync(page));

        await page.Locator("footer .button").ClickAsync();
        await page.Locator("input[name=hub]").FillAsync("ftp://x");
        await page.Locator(".keys .primary").ClickAsync();
        await Assertions.Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await page.Locator("input[name=hub]").FillAsync("");
        foreach (var key in $"127.0.0.1")
        {
            await page.Locator($"[data-type='{key}']").ClickAsync();
        }

        Assert.Equal("127.0.0.1", await page.Locator("input[name=hub]").InputValueAsync());
        Assert.Empty(await ScreenHall.FaultsAsync(page));
        await page.Locator("input[name=hub]").FillAsync(hall.Hub.Address);
        await page.Locator(".keys .primary").ClickAsync();

        await Assertions.Expect(page.Locator(".code strong")).ToHaveTextAsync(SixDigits());
        Assert.Empty(await ScreenHall.FaultsAsync(page));
        Assert.Equal(height, await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight"));
        await page.Context.CloseAsync();
        await RejectAllAsync();
    }

    [Fact]
    public async Task A_rejected_device_asks_again_when_somebody_wants_it_to()
    {
        var screen = $"http://127.0.0.1:{FreePort.Next()}";
        await using var kiosk = new UnpairedDevice("kiosk", hall.Hub.Address, new { http = screen, printer = "file:paper" });
        kiosk.Start();
        var page = await chromium.OpenAsync(1080, 1920);
        await ShownAsync(page, screen, () => kiosk.Said);
        await Assertions.Expect(page.Locator(".code strong")).ToBeVisibleAsync();

        await RejectAllAsync();
        await Assertions.Expect(page.GetByText("Quản trị đã từ chối máy này")).ToBeVisibleAsync();
        Assert.Empty(await ScreenHall.FaultsAsync(page));
        await page.Locator("button.primary").ClickAsync();

        await Assertions.Expect(page.Locator(".code strong")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
        await RejectAllAsync();
    }

    [Fact]
    public async Task A_counter_agent_is_paired_in_a_terminal()
    {
        await using var agent = new UnpairedDevice("counter-agent", hall.Hub.Address);
        var unpaired = agent.Start();
        await unpaired.EndedAsync();
        Assert.Equal(1, unpaired.ExitCode);
        Assert.Contains("is not paired; run `counter-agent --pair`", unpaired.All, StringComparison.Ordinal);

        var pairing = agent.Start("--pair");
        await Eventually.TrueAsync(() => pairing.All.Contains("code:", StringComparison.Ordinal), () => pairing.All);
        var code = SixDigits().Match(pairing.All).Value;
        var devices = await hall.OpenAsync("/devices", cookie: await hall.Hub.SignInAsync("qt01", null));
        var card = devices.Locator("#pairing article", new PageLocatorOptions { HasText = code });
        await card.Locator("select[name=counter]").SelectOptionAsync("4");
        await card.Locator("[name=as]").SelectOptionAsync("");
        await card.Locator(".primary").ClickAsync();

        await pairing.EndedAsync();
        Assert.Equal(0, pairing.ExitCode);
        Assert.Equal(4, agent.Paired!.Value.GetProperty("counter").GetInt32());
        agent.Start();
        var id = agent.Paired.Value.GetProperty("device").GetString();
        var row = devices.Locator("#devices tr", new PageLocatorOptions { HasText = id });
        await Assertions.Expect(row.Locator(".state")).ToHaveTextAsync("Trực tuyến");
        await devices.Context.CloseAsync();
    }

    private async Task RejectAllAsync()
    {
        var devices = await hall.OpenAsync("/devices", cookie: await hall.Hub.SignInAsync("qt01", null));
        var reject = devices.Locator("#pairing [formaction$=reject]");
        while (await reject.CountAsync() is > 0 and var count)
        {
            await reject.First.ClickAsync();
            await Assertions.Expect(reject).ToHaveCountAsync(count - 1);
        }

        await devices.Context.CloseAsync();
    }

    /// <summary>Opens a screen whose program is starting.</summary>
    private static Task ShownAsync(IPage page, string address, Func<string> said) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                return await page.GotoAsync(address) is { Ok: true };
            }
            catch (PlaywrightException)
            {
                // Nobody listens there yet.
                return false;
            }
        },
        said);

    [GeneratedRegex("[0-9]{3} [0-9]{3}")]
    private static partial Regex SixDigits();
}
