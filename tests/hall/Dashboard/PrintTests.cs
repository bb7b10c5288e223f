using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Dashboard;

/// <summary>What comes out of the printer: sheets of A4, whole tables, nothing that is only for the screen.</summary>
[Collection(LeavingTheScreen.Name)]
public sealed class PrintTests(FullHall hall)
{
    private static readonly string[] Columns =
    [
        "Hạng", "Cán bộ", "Mức đánh giá", "Thất", "Chưa", "Chấp", "Tốt", "Yêu", "Đánh giá", "Có", "Không", "Phản", "Tỷ lệ", "Khoảng", "Phục vụ",
        "Số lượt", "Chờ,", "Mỗi",
    ];

    private static readonly string[] OnlyOnScreens = ["Đăng xuất", "English", "Điều hành", "CSV"];

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(390, 844)]
    public async Task The_officers_of_a_month_come_on_one_landscape_sheet_with_every_column(int width, int height)
    {
        var page = await hall.OpenAsync($"/dashboard?period=month&at={FullHall.Few:yyyy-MM-dd}", hall.Leader, width, height);

        var pdf = await Pdf.PrintAsync(page);

        Assert.True(pdf.IsLandscapeA4, $"{pdf.Width} × {pdf.Height}");
        var sheet = Assert.Single(pdf.Pages);
        Assert.All(Columns, column => Assert.Contains(column, sheet, StringComparison.Ordinal));
        // Levels, rated, not rated, response, share, interval, served, wait and service of the first officer, in this order.
        Assert.Matches(@" 1 +2 +6 +72 +119 +200 +50 +80,0 +95,5 +91,7–97,6 +250 +13 +6,4\n", sheet);
        Assert.Contains("Kết quả đánh giá cán bộ, tháng 09/2026", sheet, StringComparison.Ordinal);
        Assert.Contains("Giám đốc Trung tâm", sheet, StringComparison.Ordinal);
        Assert.Contains("Trang 1 trên 1", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("Đăng xuất", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("CSV", sheet, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Each_figure_has_a_line_of_its_own_and_room_in_its_column(string language)
    {
        foreach (var month in new[] { FullHall.Few, FullHall.Many })
        {
            // The width of a sheet between its margins.
            var page = await hall.OpenAsync($"/dashboard?period=month&at={month:yyyy-MM-dd}&lang={language}", hall.Leader, 1032, 768);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

            var cut = await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll(".appraisal tbody td:not(.plot)")]
                  .filter(cell => {
                    const text = document.createRange();
                    text.selectNodeContents(cell);
                    const [inner, outer] = [text.getBoundingClientRect(), cell.getBoundingClientRect()];
                    const figure = !cell.classList.contains("rank");
                    return inner.left < outer.left || inner.right > outer.right || (figure && inner.height > 24);
                  })
                  .map(cell => cell.textContent.trim())
                """);

            Assert.Empty(cut);
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Where_the_officers_are_many_the_head_is_on_each_sheet_and_the_signature_on_the_last()
    {
        var page = await hall.OpenAsync($"/dashboard?period=month&at={FullHall.Many:yyyy-MM-dd}", hall.Leader);

        var pdf = await Pdf.PrintAsync(page);

        Assert.InRange(pdf.Pages.Count, 3, 5);
        Assert.All(pdf.Pages, sheet => Assert.All(Columns, column => Assert.Contains(column, sheet, StringComparison.Ordinal)));
        Assert.Equal(48, pdf.Pages.Sum(sheet => Regex.Count(sheet, "minh họa|=2\\+5|Nguyễn Hoàng")));
        Assert.All(pdf.Pages.SkipLast(1), sheet => Assert.DoesNotContain("Giám đốc Trung tâm", sheet, StringComparison.Ordinal));
        Assert.Contains("Giám đốc Trung tâm", pdf.Pages[^1], StringComparison.Ordinal);
        Assert.Single(pdf.Pages, sheet => sheet.Contains("Cả bộ phận", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/ratings?from=2026-09-01&to=2026-09-30", "Mức|Lý do|Cán bộ|Quầy|Lĩnh vực|Ghi chú|08:59:05|08:10:05", true)]
    [InlineData("/devices", "Thiết bị|Quầy|Trạng thái|Giấy|Phần mềm|Lỗi|rater-48", true)]
    [InlineData("/admin/changes", "Lúc|Người đổi|Nội dung|Trước|Sau|Tôn Nữ", true)]
    [InlineData("/admin/metrics", "Chỉ số vận hành|Lệnh chờ ghi|Máy lấy số|Lấy số|Đăng nhập", true)]
    [InlineData("/admin/officers", "Họ và tên|Chức danh|Vai trò|cb48", true)]
    [InlineData("/papers", "Phiếu|H001", true)]
    [InlineData("/appointments", "Lịch hẹn|48213907", true)]
    [InlineData("/join/poster", "Quét mã để lấy số|Scan to take a number", false)]
    public async Task A_page_prints_its_whole_content_and_no_navigation(string path, string texts, bool landscape)
    {
        foreach (var width in new[] { 1366, 390 })
        {
            var page = await hall.OpenAsync(path, hall.Administrator, width);

            var pdf = await Pdf.PrintAsync(page);

            Assert.True(landscape ? pdf.IsLandscapeA4 : pdf.IsPortraitA4, $"{pdf.Width} × {pdf.Height}");
            var all = string.Join('\n', pdf.Pages);
            Assert.All(texts.Split('|'), text => Assert.Contains(text, all, StringComparison.Ordinal));
            Assert.All(OnlyOnScreens, text => Assert.DoesNotContain(text, all, StringComparison.Ordinal));
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_citizens_page_prints_the_number_on_one_sheet()
    {
        var page = await hall.OpenAsync(await LinkAsync(), hall.Leader, 390, 844);

        var pdf = await Pdf.PrintAsync(page);

        Assert.True(pdf.IsPortraitA4, $"{pdf.Width} × {pdf.Height}");
        Assert.Contains("H001", Assert.Single(pdf.Pages), StringComparison.Ordinal);
        Assert.DoesNotContain("English", pdf.Pages[0], StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    private async Task<string> LinkAsync()
    {
        await using var journal = new SqliteConnection($"Data Source={Path.Combine(hall.Hub.Folder, "hub.db")};Mode=ReadOnly;Pooling=False");
        return $"/t/{await journal.ExecuteScalarAsync<string>("SELECT link FROM ticket WHERE service = 'DD'")}";
    }
}
