using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;
using Reception.Slips;

namespace Reception.Hall.Tests.Screens;

/// <summary>What a hall tells of a wait in the morning, at work and in a break: a real hub, a kiosk with its paper, the pages of phones and the display.</summary>
public sealed partial class WaitsTests : IAsyncLifetime
{
    private const string NoOfficer = "Chưa có cán bộ tại quầy";
    private const string Paused = "Quầy đang tạm dừng";

    private RunningHall _hub = null!;
    private KioskProcess _kiosk = null!;

    public async ValueTask InitializeAsync()
    {
        // Of one service a half day has one number.
        _hub = await DemonstrationHall.StartAsync(plan =>
            plan["services"]!.AsArray().Single(service => (string?)service!["code"] == "KD")!["quota"] = new JsonObject { ["morning"] = 1, ["afternoon"] = 1 });
        _kiosk = await KioskProcess.StartAsync(_hub);
    }

    public async ValueTask DisposeAsync()
    {
        await _kiosk.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Before_an_officer_has_signed_in_nobody_is_told_a_time_and_everybody_why()
    {
        Assert.Equal("0 closed", await ServiceAsync("HT"));
        var screen = "";
        foreach (var ahead in new[] { 0, 1 })
        {
            // A touch within 3 s of the one before is the same.
            var before = screen;
            await Eventually.TrueAsync(async () => (screen = await _kiosk.TouchAsync()) != before, () => screen);
            await KioskShowsAsync(screen, NoOfficer);
            Assert.DoesNotMatch(SomeTime(), Facts(await _kiosk.PageAsync(screen)));
            await Eventually.TrueAsync(() => _kiosk.Papers.Count == ahead + 1, () => _kiosk.Said);
            await AssertPaperAsync($"A00{ahead + 1}", ahead, new Wait(WaitKind.NoOfficer));
        }

        var ticket = await _hub.TakeAsync("HT");
        Assert.Equal((null, null, "closed"), (ticket.EstimatedWaitSeconds, ticket.EstimatedWaitRange, ticket.CounterState));
        Assert.Equal("3 closed", await ServiceAsync("HT"));
        await PhoneShowsAsync(ticket, NoOfficer);
        await KioskShowsAsync("/", $"3 người chờ {NoOfficer}");
        await KioskShowsAsync("/services/HT", $"3 người chờ {NoOfficer}");
        await KioskShowsAsync("/services/CT/further", $"Hộ tịch Civil status {NoOfficer}");
        Assert.Contains($"3 người chờ · {NoOfficer}", await HubPageAsync("/join"), StringComparison.Ordinal);
        Assert.Contains("3 waiting · No officer at the counter yet", await HubPageAsync("/join?lang=en"), StringComparison.Ordinal);
        Assert.Contains($"Số người đang chờ · {NoOfficer}", await HubPageAsync("/display"), StringComparison.Ordinal);
        Assert.DoesNotMatch(SomeTime(), ServicesToChoose().Match(await HubPageAsync("/join")).Value);
        Assert.DoesNotMatch(SomeTime(), await HubPageAsync("/display"));
    }

    [Fact]
    public async Task With_the_officer_there_are_minutes_and_in_a_break_there_are_none()
    {
        var tickets = new List<TicketDocument>();
        for (var taken = 0; taken < 3; taken++)
        {
            tickets.Add(await _hub.TakeAsync("DD"));
        }

        var officer = await _hub.SignInAsync("cb03", 3);
        Assert.Matches(@"^3 open \d+–\d+$", await ServiceAsync("DD"));
        await PhoneShowsAsync(tickets[0], "đến lượt ngay");
        Assert.Matches(SomeTime(), Facts(await HubPageAsync(Link(tickets[2]))));
        Assert.Contains(NoOfficer, await HubPageAsync("/display"), StringComparison.Ordinal);
        Assert.DoesNotContain($"Số người đang chờ · {NoOfficer}", await HubPageAsync("/display"), StringComparison.Ordinal);

        await _hub.CommandAsync(officer, 3, "pause");
        Assert.Equal("3 paused", await ServiceAsync("DD"));
        await PhoneShowsAsync(tickets[0], Paused);
        await PhoneShowsAsync(tickets[2], Paused);
        await KioskShowsAsync("/", $"3 người chờ {Paused}");
        Assert.Contains($"3 người chờ · {Paused}", await HubPageAsync("/join"), StringComparison.Ordinal);
        Assert.Contains(Paused, await HubPageAsync("/display"), StringComparison.Ordinal);

        await _hub.CommandAsync(officer, 3, "resume");
        foreach (var _ in tickets)
        {
            await _hub.CommandAsync(officer, 3, "call-next");
            await KioskShowsAsync("/services/DD", "phút");
            await _hub.CommandAsync(officer, 3, "finish");
        }

        await KioskShowsAsync("/", "Không ai chờ đến lượt ngay");
        await _hub.TakeAsync("DD");
        await _hub.CommandAsync(officer, 3, "call-next");

        // Nobody waits, and whoever comes now does: for the one at the counter.
        Assert.Matches(@"Đất đai Land Quầy đang bận \d+–\d+ phút", await KioskShowsAsync("/", "Quầy đang bận"));
        Assert.Matches(@"Đất đai Quầy đang bận · \d+–\d+ phút", await HubPageAsync("/join"));
    }

    [Fact]
    public async Task A_closed_service_tells_why_and_no_minutes_though_its_officer_is_there_for_those_who_have_a_number()
    {
        await _hub.SignInAsync("cb05", 5);
        var ticket = await _hub.TakeAsync("KD");

        Assert.Equal("1 open, closed: quota", await ServiceAsync("KD"));
        Assert.Matches(@"Hộ kinh doanh Đã phát hết số, mở lại \d", await HubPageAsync("/join"));
        Assert.Matches(@"1 Đã phát hết số, mở [^\p{L}]*(ngày [\d/]+ )?Hộ kinh doanh", await HubPageAsync("/display"));
        await KioskShowsAsync("/", "Đã hết lượt nhận của buổi này. Mở lại lúc");
        await PhoneShowsAsync(ticket, "đến lượt ngay");
    }

    [Fact]
    public async Task The_hall_is_told_again_when_an_officer_comes_pauses_and_goes()
    {
        using var api = new ApiClient(new Uri(_hub.Address).Port);
        await using var events = await api.ListenAsync();
        await events.UntilAsync(one => Is(one, "closed"));

        var officer = await _hub.SignInAsync("cb03", 3);
        await events.UntilAsync(one => Is(one, "open"));
        await _hub.CommandAsync(officer, 3, "pause");
        await events.UntilAsync(one => Is(one, "paused"));
        var (closed, seen) = (events.Seen.Count(one => Is(one, "closed")), events.Seen.Count);
        await _hub.SendAsync(officer, HttpMethod.Delete, "/api/v1/session");
        await Eventually.TrueAsync(() => events.Seen.Count(one => Is(one, "closed")) > closed, () => string.Join('\n', events.Seen.Skip(seen)));

        static bool Is(ServerEvent one, string state) => one.Name == "hall" && one.Json.GetProperty("services").EnumerateArray()
            .Single(service => service.GetProperty("code").GetString() == "DD").GetProperty("counterState").GetString() == state;
    }

    /// <summary>A service of the public hall: who waits, the state of its counters, the range that is told, and why it is closed.</summary>
    private async Task<string> ServiceAsync(string code)
    {
        var (status, text) = await _hub.SendAsync(null, HttpMethod.Get, "/api/v1/hall");
        Assert.Equal(HttpStatusCode.OK, status);
        var service = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("services").EnumerateArray().Single(one => one.GetProperty("code").GetString() == code);
        var (seconds, range) = (service.GetProperty("estimatedWaitSeconds"), service.GetProperty("estimatedWaitRange"));
        Assert.Equal(seconds.ValueKind == JsonValueKind.Null, range.ValueKind == JsonValueKind.Null);
        var told = range.ValueKind == JsonValueKind.Null ? "" : $" {string.Join('–', range.EnumerateArray())}";
        var closed = service.GetProperty("open").GetBoolean() ? "" : $", closed: {service.GetProperty("closedReason").GetString()}";
        return $"{service.GetProperty("waiting")} {service.GetProperty("counterState").GetString()}{told}{closed}";
    }

    private async Task PhoneShowsAsync(TicketDocument ticket, string told)
    {
        var facts = Facts(await HubPageAsync(Link(ticket)));
        Assert.Contains(told, facts, StringComparison.Ordinal);
        if (told is NoOfficer or Paused)
        {
            Assert.DoesNotMatch(SomeTime(), facts);
        }
    }

    /// <summary>Waits until a screen of the kiosk says something; gives all that it says.</summary>
    private async Task<string> KioskShowsAsync(string path, string told)
    {
        var said = "";
        await Eventually.TrueAsync(async () => (said = Text(await _kiosk.PageAsync(path))).Contains(told, StringComparison.Ordinal), () => said);
        return said;
    }

    /// <summary>The last paper is the slip that tells this, dot for dot.</summary>
    private async Task AssertPaperAsync(string number, int ahead, Wait wait)
    {
        using var catalog = await _hub.GetAsync("/api/v1/catalog");
        var names = ProtocolJson.Read<CatalogDocument>(await catalog.Content.ReadAsByteArrayAsync())!;
        var paper = PngPicture.Read(_kiosk.Papers[^1]);
        // Neither the minute nor the link is known here: of the slip, what stands above them is compared.
        var slip = new Slip { Hall = names.Site.Name, Number = number, Service = "Hộ tịch", ServiceEnglish = "Civil status", Ahead = ahead, Wait = wait, IssuedAt = default };
        var (expected, other) = (Drawn(slip), Drawn(slip with { Wait = new Wait(WaitKind.Minutes, 7, 13) }));
        var rows = Enumerable.Range(0, expected.Height).TakeWhile(y => paper.Row(y).SequenceEqual(expected.Row(y))).Count();
        var alike = Enumerable.Range(0, other.Height).TakeWhile(y => other.Row(y).SequenceEqual(expected.Row(y))).Count();
        Assert.True(rows > alike + TextLayout.SmallestSize, $"{rows} rows of {expected.Height} are as expected, {alike} would be with minutes");

        static Raster Drawn(Slip slip) => SlipLayout.Draw(slip, SlipTemplate.Default, 576).Dots;
    }

    private async Task<string> HubPageAsync(string path)
    {
        using var page = await _hub.GetAsync(path);
        return Text(await page.Content.ReadAsStringAsync());
    }

    private static string Link(TicketDocument ticket) => new Uri(ticket.Link!).AbsolutePath;

    /// <summary>What a page says of who is ahead and of the wait: up to what comes next.</summary>
    private static string Facts(string page) => FactsOfTicket().Match(Text(page)).Value;

    /// <summary>What a page says, without its tags.</summary>
    private static string Text(string page) => Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(Script().Replace(page, ""), " ")), " ");

    [GeneratedRegex("Phía trước quý vị.*?(Đang phục vụ|Việc tiếp theo)")]
    private static partial Regex FactsOfTicket();

    [GeneratedRegex("Quý vị cần làm gì.*?Việc thứ hai")]
    private static partial Regex ServicesToChoose();

    [GeneratedRegex(@"\d (phút|min)|đến lượt ngay|sắp đến lượt|right away|hơn 90")]
    private static partial Regex SomeTime();

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
