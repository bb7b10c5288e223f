using Microsoft.Playwright;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Rater;

namespace Reception.Hall.Tests.Screens;

/// <summary>A new name in the set-up, on the screens that are open: devices would ask for it by themselves only once a minute.</summary>
public sealed class RenameTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    private const int Patience = 20_000;

    [Fact]
    public async Task A_new_name_comes_to_every_open_screen_by_itself()
    {
        await using var kiosk = await KioskProcess.StartAsync(hall.Hub);
        await using var rater = await RaterProcess.StartAsync(hall.Hub);
        await hall.Hub.SignInAsync("cb01", 1);
        var administrator = await hall.Hub.SignInAsync("qt01", null);
        var touched = await hall.OpenAsync("/healthz");
        await touched.GotoAsync(kiosk.Address);
        var display = await hall.OpenAsync("/display");
        using var anyone = new ApiClient(new Uri(hall.Hub.Address).Port);
        await using var stream = await anyone.ListenAsync();
        var before = Catalog(await stream.UntilAsync(one => one.Name == "hall"));

        await ChangeAsync("services/HT", "Hộ tịch và quốc tịch");
        await stream.UntilAsync(one => one.Name == "hall" && Catalog(one) != before);
        await Assertions.Expect(touched.Locator("main")).ToContainTextAsync("Hộ tịch và quốc tịch", new() { Timeout = Patience });
        await Assertions.Expect(display.Locator("#foot")).ToContainTextAsync("Hộ tịch và quốc tịch", new() { Timeout = Patience });

        await ChangeAsync("officers/cb01", "Hoàng Thị Mỹ Duyên");
        await Eventually.TrueAsync(
            async () => (await rater.ScreenAsync()).Contains("Hoàng Thị Mỹ Duyên", StringComparison.Ordinal),
            () => rater.Said,
            TimeSpan.FromMilliseconds(Patience));
        Assert.Empty(hall.Hub.Errors);

        static string? Catalog(ServerEvent one) => one.Json.GetProperty("catalog").GetString();

        async Task ChangeAsync(string part, string name)
        {
            var page = await hall.OpenAsync("/admin/" + part, cookie: administrator);
            await page.FillAsync("#name", name);
            await page.ClickAsync("form.sheet .primary");
            await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
            await page.Context.CloseAsync();
        }
    }
}
