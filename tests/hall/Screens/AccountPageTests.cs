using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>The own account and the security log in a real browser.</summary>
public sealed class AccountPageTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    // At a desk, the same at 150 %, and a phone.
    private static readonly (int Width, int Height)[] Sizes = [(1366, 768), (911, 512), (390, 844)];

    [Theory]
    [InlineData("/account")]
    [InlineData("/account?lang=en")]
    [InlineData("/admin/security")]
    [InlineData("/admin/security?lang=en&kind=security")]
    public async Task No_page_has_a_serious_fault_at_any_size(string path)
    {
        await hall.Hub.Anyone.SignInAsync("cb01", 1, "000001");
        var page = await hall.OpenAsync(path, cookie: await hall.Hub.SignInAsync("qt01", null));
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
    public async Task A_leader_changes_the_PIN_from_the_bar_by_keys_alone_and_what_is_wrong_is_said_beside_the_field()
    {
        var page = await hall.OpenAsync("/dashboard", cookie: await hall.Hub.SignInAsync("ld01", null));
        await page.ClickAsync(".leader .account");
        await page.FillAsync("#present", HallPlan.Pin);
        await page.FillAsync("#fresh", "123456");
        await page.FillAsync("#again", "123456");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#fresh-wrong")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#present")).ToHaveValueAsync("");

        await page.FillAsync("#present", HallPlan.Pin);
        await page.FillAsync("#fresh", "814273");
        await page.FillAsync("#again", "814273");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("Đã đổi mã PIN");
        await page.ClickAsync("text=Về trang làm việc");
        await Assertions.Expect(page).ToHaveURLAsync(hall.Hub.Address + "/dashboard");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_kinds_and_the_people_narrow_the_log_and_the_values_of_a_change_fold_out()
    {
        var administrator = await hall.Hub.SignInAsync("qt01", null);
        using var form = new FormUrlEncodedContent([new("in-a-row", "3"), new("limit", "33"), new("late", "16")]);
        await hall.Hub.SendAsync(administrator, HttpMethod.Post, "/admin/lanes", form);
        var page = await hall.OpenAsync("/admin/security", cookie: administrator);

        await page.ClickAsync(".seg >> text=Thiết lập");
        await Assertions.Expect(page.Locator(".entries td.kind").First).ToContainTextAsync("Thiết lập");
        await page.ClickAsync(".entries summary >> nth=0");
        await Assertions.Expect(page.Locator(".entries dl").First).ToContainTextAsync("33");
        await page.SelectOptionAsync("select[name=person]", "cb01");
        await page.ClickAsync(".filter button");
        await Assertions.Expect(page.Locator(".entries .empty")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
