using Microsoft.Playwright;
using Reception.Hall.Tests.Screens;

namespace Reception.Hall.Tests.Dashboard;

/// <summary>Odd patterns on the dashboard, and the ratings behind them.</summary>
[Collection(LeavingTheScreen.Name)]
public sealed class PatternsTests(FullHall hall)
{
    private static readonly string Month = $"/dashboard?period=month&at={FullHall.Many:yyyy-MM-dd}";
    private static readonly string Day = $"/ratings?from={FullHall.Odd:yyyy-MM-dd}&to={FullHall.Odd:yyyy-MM-dd}";

    [Theory]
    [InlineData("7 lượt bấm trong 5 giây sau khi bắt đầu phục vụ", 7, "bấm trong 5 giây sau khi bắt đầu phục vụ, từ 08:00:01 đến 09:00:01.")]
    [InlineData("9 lượt Yêu thích liền nhau, mỗi lượt trong 3 giây sau khi kết thúc", 9, "Yêu thích trong 3 giây sau khi kết thúc, từ 08:04:01 đến 09:24:01.")]
    [InlineData("Lượt bấm đến máy chủ muộn quá 30 giây, không rõ lý do: 3", 3, "đến máy chủ muộn, không rõ lý do, từ thiết bị rater-4.")]
    [InlineData("75,0\u00a0% số lượt bấm trước khi kết thúc (30 trên 40)", 30, "bấm trước khi kết thúc phục vụ.")]
    public async Task A_pattern_leads_to_the_ratings_behind_it_and_the_page_says_so_and_how_to_leave(string what, int rows, string only)
    {
        var page = await hall.OpenAsync(Month, hall.Leader);
        await page.EvaluateAsync("() => document.querySelectorAll('.box details').forEach(more => more.open = true)");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Xem: " + what, Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator(".only span")).ToHaveTextAsync("Chỉ hiện: " + only);
        await Assertions.Expect(page.Locator(".ratings tbody tr")).ToHaveCountAsync(rows);
        await page.ClickAsync(".only a");
        await Assertions.Expect(page.Locator(".only")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_late_rating_says_so_in_words_and_a_late_arrival_stands_beside_the_press()
    {
        var page = await hall.OpenAsync(Day + "&counter=4", hall.Leader);
        await Assertions.Expect(page.Locator("tr.odd-row")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("tr.odd-row").Last).ToContainTextAsync("Không gắn với lượt nào: đến máy chủ muộn 12 phút, không rõ lý do");
        await page.GotoAsync(hall.Hub.Address + Day + "&counter=3");
        await Assertions.Expect(page.Locator("tbody small")).ToHaveTextAsync(["Đến máy chủ 16:34:10"]);
        await page.Context.CloseAsync();
    }

    /// <summary>1366×768 at 100 and 150 %, and a phone.</summary>
    [Theory]
    [InlineData(1366, 768)]
    [InlineData(911, 512)]
    [InlineData(390, 844)]
    public async Task The_pages_fit_with_the_longest_words_in_both_languages(int width, int height)
    {
        List<string> faults = [];
        foreach (var language in new[] { "vi", "en" })
        {
            foreach (var path in new[] { Month, Day + "&presses=late&device=rater-4", Day + "&presses=after-start", Day + "&counter=3" })
            {
                var page = await hall.OpenAsync($"{path}&lang={language}", hall.Leader, width, height);
                await page.EvaluateAsync("() => document.querySelectorAll('.box details').forEach(more => more.open = true)");
                faults.AddRange(await ScreenHall.FaultsAsync(page));
                await page.Context.CloseAsync();
            }
        }

        Assert.Empty(faults);
    }
}
