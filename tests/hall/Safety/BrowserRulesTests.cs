using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Rater;
using Reception.Protocol;

namespace Reception.Hall.Tests.Safety;

/// <summary>What a page of another origin, a foreign name and an unreadable body come to, at each program with a web server.</summary>
[Collection(AttackedHall.Name)]
public sealed class BrowserRulesTests(SharedHall shared) : HallTest(shared)
{
    public static TheoryData<string> Foreign =>
    [
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://127.0.0.1:9",
        "Origin: https://127.0.0.1:{port}",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Host: evil.example",
        "Host: evil.example:{port}",
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_page_of_another_origin_changes_nothing_at_the_hub(string header)
    {
        var (administrator, before) = (await Hall.SignedInAsync(HallPlan.Administrator), Pins());
        foreach (var path in new[] { "/api/v1/session", "/api/v1/tickets", "/join", $"/admin/officers/{HallPlan.Leader}/pin", "/no-such-page" })
        {
            var answer = await SendAsync(path, ["Content-Type: application/json", $"Cookie: {administrator.Cookie}", Here(header)], "{}");
            Assert.Equal($"{path} 403 not-allowed", $"{path} {answer.Brief}");
        }

        Assert.Equal(before, Pins());
    }

    [Theory]
    [InlineData("Origin: http://127.0.0.1:{port}")]
    [InlineData("Sec-Fetch-Site: same-origin")]
    [InlineData("Sec-Fetch-Site: none")]
    [InlineData("Host: localhost:{port}")]
    [InlineData("Host: [::1]:{port}")]
    [InlineData("Host: 192.0.2.7")]
    [InlineData("Accept: */*")]
    public async Task The_hub_s_own_pages_and_programs_are_served(string header)
    {
        var answer = await SendAsync("/api/v1/tickets", ["Content-Type: application/json; charset=utf-8", Here(header)], "{}");
        Assert.Equal("401 not-signed-in", answer.Brief);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/display")]
    [InlineData("/api/v1/hall")]
    [InlineData("/healthz")]
    public async Task A_foreign_name_that_leads_here_reads_nothing(string path)
    {
        var answer = await SentRequest.SendAsync(Hall.Address + path, ["Host: evil.example"], method: "GET");
        Assert.Equal("403 not-allowed", answer.Brief);
    }

    [Theory]
    [InlineData("/", "")]
    [InlineData("/signin", "no-store")]
    [InlineData("/api/v1/hall", "no-store")]
    [InlineData("/api/v1/devices", "no-store")]
    [InlineData("/no-such-page", "")]
    public async Task Every_response_keeps_the_browser_inside(string path, string cache)
    {
        var answer = await Hall.Anyone.GetAsync(path);
        Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(("nosniff", "same-origin"), (Header(answer, "X-Content-Type-Options"), Header(answer, "Referrer-Policy")));
        Assert.Contains(cache, answer.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task What_does_not_say_that_it_is_JSON_is_not_read_as_JSON(string? type)
    {
        var answer = await SendAsync("/api/v1/session", type is null ? [] : [$"Content-Type: {type}"], """{"officer":"nobody","pin":"1","counter":1}""");
        Assert.Equal("400 malformed", answer.Brief);
    }

    [Theory]
    [InlineData("/api/v1/session", "application/json", "413 too-large")]
    [InlineData("/api/v1/tickets", "application/json", "413 too-large")]
    [InlineData("/api/v1/join", "application/json", "413 too-large")]
    [InlineData("/join", "application/x-www-form-urlencoded", "413 too-large")]
    [InlineData("/join", "multipart/form-data; boundary=x", "413 too-large")]
    public async Task A_body_above_64_KiB_is_too_large(string path, string type, string expected)
    {
        var caller = path.EndsWith("tickets", StringComparison.Ordinal) ? $"Authorization: Bearer kiosk-1:{Hall.Secret("kiosk-1")}" : "Accept: */*";
        var long_ = "--x\r\nContent-Disposition: form-data; name=\"key\"; filename=\"a\"\r\n\r\n" + new string('a', 64 * 1024);
        Assert.Equal(expected, (await SendAsync(path, [$"Content-Type: {type}", caller], long_)).Brief);
    }

    [Theory]
    [InlineData("/api/v1/session", "application/json")]
    [InlineData("/join", "multipart/form-data; boundary=x")]
    public async Task A_body_of_no_stated_length_is_read_no_farther_than_64_KiB(string path, string type)
    {
        await using var socket = await RawHttp.ConnectAsync(Hall.HttpPort);
        await socket.SendAsync($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{Hall.HttpPort}\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n{new string('a', 0x10001)}\r\n");
        Assert.StartsWith("HTTP/1.1 413", await socket.ReadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data", "--x\r\n\r\na\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nhalf")]
    [InlineData("multipart/form-data; boundary=x", "no part at all")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nno header")]
    public async Task A_form_that_can_t_be_read_is_the_sender_s_fault(string type, string body) =>
        Assert.Equal("400 malformed", (await SendAsync("/join", [$"Content-Type: {type}"], body)).Brief);

    [Fact]
    public async Task No_page_of_another_origin_presses_a_face()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Rater);
        await using var rater = await RaterProcess.StartAsync(hub);
        await Eventually.TrueAsync(() => hub.Presences.Any(presence => presence.Online), () => rater.Said);
        await IsRefusedAsync(rater.Address, "/press?level=5", "/change", "/reason?reason=wait", "/done", "/contact");
        Assert.Empty(hub.Reports);
        Assert.Equal(200, (await SentRequest.SendAsync($"{rater.Address}/press?level=5", [$"Origin: {rater.Address}"])).Status);
        await Eventually.TrueAsync(() => hub.Reports.Count == 1, () => rater.Said);
    }

    [Fact]
    public async Task No_page_of_another_origin_takes_a_number()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        await IsRefusedAsync(kiosk.Address, "/tickets", "/appointment", $"/tickets/{Guid.NewGuid()}/copy", "/contact");
        Assert.Equal(415, (await SentRequest.SendAsync(kiosk.Address + "/tickets", ["Content-Type: text/plain"], """{"service":"HT","lane":"normal"}""")).Status);
        Assert.DoesNotContain(hub.Reports, report => report.Type == ReportTypes.TicketRequest);
    }

    private static async Task IsRefusedAsync(string program, params IEnumerable<string> paths)
    {
        foreach (var (path, header) in from path in paths from row in Foreign select (path, row.Data))
        {
            var line = header.Replace("{port}", $"{new Uri(program).Port}", StringComparison.Ordinal);
            var answer = await SentRequest.SendAsync(program + path, ["Content-Type: application/json", line], """{"service":"HT","lane":"normal"}""");
            Assert.Equal($"{path} {line}: 403 not-allowed", $"{path} {line}: {answer.Brief}");
        }
    }

    private Task<ApiAnswer> SendAsync(string path, IEnumerable<string> headers, string body) => SentRequest.SendAsync(Hall.Address + path, headers, body);

    private string Here(string header) => header.Replace("{port}", $"{Hall.HttpPort}", StringComparison.Ordinal);

    private string Pins() => Hall.Query<string>("SELECT group_concat(pin) FROM (SELECT code || pin_hash AS pin FROM account ORDER BY code)");

    private static string Header(ApiAnswer answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : "";
}
