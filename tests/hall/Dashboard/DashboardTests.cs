using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Reception.Hall.Tests.Screens;

namespace Reception.Hall.Tests.Dashboard;

/// <summary>The leader's pages and figures over a real hub; each test has counters of its own.</summary>
public sealed class DashboardTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    private static readonly string[] Pages = ["/dashboard", "/ratings", "/devices", "/papers"];
    private static readonly string[] Parts = ["/dashboard/now", "/dashboard/alert", "/dashboard/papers", "/papers/list", "/devices/list"];

    private static readonly string[] Files =
    [
        "/dashboard/now.csv", "/dashboard/officers.csv", "/dashboard/reasons.csv", "/dashboard/services.csv", "/dashboard/hours.csv",
        "/dashboard/weeks.csv", "/dashboard/patterns.csv", "/ratings.csv", "/devices.csv",
    ];

    [Fact]
    public async Task A_disappointed_press_is_told_at_once_and_counts_for_the_officer()
    {
        var leader = await hall.Hub.SignInAsync("ld01", null);
        var officer = await hall.Hub.SignInAsync("cb03", 3);
        var page = await hall.OpenAsync("/dashboard", cookie: leader);
        await hall.Hub.ServeAsync(officer, 3, "DD");

        var answer = await hall.Hub.PressAsync("rater-3", 1);

        Assert.True(answer.Data!.Value.GetProperty("attributed").GetBoolean());
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Quầy 3");
        await Assertions.Expect(page.Locator("#now")).ToContainTextAsync("trên 1 lượt");
        await page.ClickAsync("#alert button");
        await Assertions.Expect(page.Locator("[role=alert]")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        Assert.Equal(0, await page.Locator("[role=alert]").CountAsync());

        var today = await TodayAsync(leader);
        var row = (await hall.Hub.JsonAsync($"/api/v1/statistics/officers?from={today}&to={today}", leader)).GetProperty("officers")
            .EnumerateArray().Single(row => row.GetProperty("officer").GetProperty("code").GetString() == "cb03");
        Assert.Equal((1, 1, 1), (row.GetProperty("served").GetInt32(), row.GetProperty("rated").GetInt32(), row.GetProperty("levels").GetProperty("1").GetInt32()));
        Assert.Equal((0, 0), (row.GetProperty("satisfiedShare").GetDouble(), row.GetProperty("satisfiedLowerBound").GetDouble()));
        Assert.Equal(1, row.GetProperty("responseRate").GetDouble());

        var (_, file, _) = await hall.Hub.AskAsync("/ratings.csv?level=1&counter=3", leader);
        Assert.StartsWith("\uFEFF", file, StringComparison.Ordinal);
        Assert.Contains("Thất vọng", Assert.Single(file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_are_led_to_sign_in_and_officers_see_nobodys_figures()
    {
        var officer = await hall.Hub.SignInAsync("cb01", 1);
        foreach (var page in Pages.Concat(Files))
        {
            var (status, _, answer) = await hall.Hub.AskAsync(page + "?a=1&b=2");
            Assert.Equal((HttpStatusCode.Redirect, $"/signin?next={Uri.EscapeDataString(page + "?a=1&b=2")}"), (status, answer.Headers.Location!.ToString()));
            Assert.Equal(HttpStatusCode.Forbidden, (await hall.Hub.AskAsync(page, officer)).Status);
        }

        foreach (var part in Parts)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await hall.Hub.AskAsync(part, part: true)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await hall.Hub.AskAsync(part, officer, part: true)).Status);
        }

        foreach (var call in new[] { "/api/v1/statistics/officers?from=2026-11-01&to=2026-11-30", "/api/v1/ratings" })
        {
            Assert.Contains("\"not-signed-in\"", (await hall.Hub.AskAsync(call)).Body, StringComparison.Ordinal);
            Assert.Contains("\"not-allowed\"", (await hall.Hub.AskAsync(call, officer)).Body, StringComparison.Ordinal);
            Assert.Contains("\"not-allowed\"", (await hall.Hub.AskAsync(call, bearer: $"kiosk-1:{hall.Hub.Secret("kiosk-1")}")).Body, StringComparison.Ordinal);
            Assert.Contains("\"unknown-device\"", (await hall.Hub.AskAsync(call, bearer: "kiosk-1:wrong")).Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/v1/statistics/officers", "malformed")]
    [InlineData("/api/v1/statistics/officers?from=2026-11-02&to=2026-11-01", "malformed")]
    [InlineData("/api/v1/statistics/officers?from=2025-01-01&to=2026-02-05", "malformed")]
    [InlineData("/api/v1/statistics/officers?from=yesterday&to=2026-02-05", "malformed")]
    [InlineData("/api/v1/ratings?from=2026-11-02&to=2026-11-01", "malformed")]
    [InlineData("/api/v1/ratings?from=1", "malformed")]
    [InlineData("/api/v1/ratings?limit=501", "malformed")]
    [InlineData("/api/v1/ratings?limit=0", "malformed")]
    [InlineData("/api/v1/ratings?limit=many", "malformed")]
    [InlineData("/api/v1/ratings?cursor=x", "malformed")]
    [InlineData("/api/v1/ratings?officer=cb99", "unknown-officer")]
    public async Task A_question_that_makes_no_sense_is_refused(string question, string code)
    {
        var (status, body, answer) = await hall.Hub.AskAsync(question, await hall.Hub.SignInAsync("qt01", null));

        Assert.Equal(code == "malformed" ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound, status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"\"{code}\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Presses_that_belong_to_no_ticket_are_listed_page_by_page_and_count_for_nobody()
    {
        var leader = await hall.Hub.SignInAsync("ld01", null);
        for (var press = 0; press < 3; press++)
        {
            Assert.False((await hall.Hub.PressAsync("rater-5", 5)).Data!.Value.GetProperty("attributed").GetBoolean());
        }

        var today = await TodayAsync(leader);
        List<string> seen = [];
        string? next = "";
        while (next is not null)
        {
            var page = await hall.Hub.JsonAsync($"/api/v1/ratings?from={today}&to={today}&limit=2{(next == "" ? "" : $"&cursor={next}")}", leader);
            seen.AddRange(page.GetProperty("ratings").EnumerateArray().Where(rating => rating.GetProperty("counter").GetInt32() == 5)
                .Select(rating => $"{rating.GetProperty("level")} {rating.GetProperty("attributed")} {rating.GetProperty("officer").ValueKind}"));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(Enumerable.Repeat("5 False Null", 3), seen);
        var (_, html, _) = await hall.Hub.AskAsync("/ratings?counter=5&attributed=false", leader);
        Assert.Equal(3, Regex.Count(html, "<tr id=\"r-"));
    }

    [Fact]
    public async Task The_pages_have_no_serious_fault_in_either_language_on_a_desk_and_on_a_phone()
    {
        var leader = await hall.Hub.SignInAsync("ld01", null);
        var faults = new List<string>();
        foreach (var path in Pages.Append("/dashboard?period=year&at=2020-05-05"))
        {
            foreach (var (language, width, height) in new[] { ("vi", 1366, 768), ("vi", 390, 844), ("en", 1366, 768), ("en", 390, 844) })
            {
                var page = await hall.OpenAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}lang={language}", width, height, leader);
                faults.AddRange(await ScreenHall.FaultsAsync(page));
                await page.Context.CloseAsync();
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_table_comes_as_a_file_for_a_spreadsheet()
    {
        var leader = await hall.Hub.SignInAsync("ld01", null);
        foreach (var path in Files)
        {
            var (status, body, answer) = await hall.Hub.AskAsync(path + "?lang=en", leader);
            Assert.Equal((HttpStatusCode.OK, "text/csv", "attachment"), (status, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
            Assert.Matches("^\uFEFF[^\r\n]+,[^\r\n]+\r\n", body);
        }

        foreach (var path in new[] { "/dashboard/other.csv", "/dashboard/officers.ods", "/ratings.ods", "/devices.ods" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await hall.Hub.AskAsync(path, leader)).Status);
        }
    }

    private async Task<string> TodayAsync(string leader) =>
        (await hall.Hub.JsonAsync("/api/v1/hall", leader)).GetProperty("day").GetString()!;
}
