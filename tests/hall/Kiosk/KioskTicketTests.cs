using System.Net;
using System.Text.Json;
using Reception.Device.Paper;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;
using Reception.Slips;
using Reception.Unit.Tests.Printing;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>The kiosk's program between a finger, the hub's broker and a virtual printer.</summary>
public sealed class KioskTicketTests
{
    [Fact]
    public async Task Paper_comes_after_the_answer_and_never_before()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        hub.FallSilent();

        var screen = await kiosk.TouchAsync("HT", "priority", "en");
        await Eventually.TrueAsync(() => hub.Arrivals.Count(report => report.Type == ReportTypes.TicketRequest) >= 2, () => kiosk.Said);

        Assert.Empty(kiosk.Streams);
        Assert.Contains("data-screen=\"asking\"", await kiosk.PageAsync(screen), StringComparison.Ordinal);
        var request = Assert.Single(hub.Told(ReportTypes.TicketRequest));
        Assert.Equal("HT priority en", $"{request.Data.GetProperty("service")} {request.Data.GetProperty("lane")} {request.Data.GetProperty("language")}");

        hub.Answer();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);

        var printed = hub.Told(ReportTypes.TicketPrinted).Single();
        Assert.Equal("printed", printed.Data.GetProperty("outcome").GetString());
        Assert.False(printed.Data.TryGetProperty("copy", out _));
        Assert.Single(kiosk.Papers);
        var page = WebUtility.HtmlDecode(await kiosk.PageAsync(screen));
        Assert.Contains(">A001<", page, StringComparison.Ordinal);
        Assert.Contains("/paper.png", page, StringComparison.Ordinal);
        Assert.Contains("PNG", (await kiosk.PageAsync(screen + "/paper.png"))[..8], StringComparison.Ordinal);
        var stream = await File.ReadAllBytesAsync(kiosk.Streams.Single(), TestContext.Current.CancellationToken);
        VirtualPaper.AssertIs(PngPicture.Read(kiosk.Papers.Single()), VirtualPaper.Read(stream, PrinterProfile.Read(PrinterProfile.Default)));
    }

    [Fact]
    public async Task A_touch_is_made_durable_twice_before_its_number_is_shown_and_once_after_its_paper()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        await kiosk.TouchAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);
        hub.FallSilent();
        await using var count = await Strace.CountSyncsAsync(kiosk.Id);

        await kiosk.TouchAsync(lane: "priority");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketRequest).Count == 2, () => kiosk.Said);
        Assert.Equal(1, count.Syncs);
        hub.Answer();
        await Eventually.TrueAsync(() => kiosk.Papers.Count == 2, () => kiosk.Said);
        Assert.InRange(count.Syncs, 2, 3);
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 2, () => kiosk.Said);
        Assert.Equal(3, count.Syncs);
    }

    [Fact]
    public async Task A_damaged_database_is_set_aside_and_told_of_and_numbers_are_given_again()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        await kiosk.KillAsync();
        File.Delete(kiosk.Database + "-wal");
        await File.WriteAllTextAsync(kiosk.Database, "garbage", TestContext.Current.CancellationToken);
        await kiosk.StartAgainAsync();
        await kiosk.TouchAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);

        Assert.Equal("database", hub.Told(ReportTypes.DeviceFault).Single().Data.GetProperty("code").GetString());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(kiosk.Database)!, "device.db.damaged-*"));
    }

    [Fact]
    public async Task Touches_on_one_service_and_lane_within_three_seconds_are_one_report()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);

        var screens = await Task.WhenAll(kiosk.TouchAsync(), kiosk.TouchAsync(), kiosk.TouchAsync());
        var other = await kiosk.TouchAsync(lane: "priority");

        Assert.Single(screens.Distinct());
        Assert.NotEqual(screens[0], other);
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 2, () => kiosk.Said);
        Assert.Equal(2, hub.Told(ReportTypes.TicketRequest).Count);
        Assert.Equal(2, kiosk.Papers.Count);
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_is_given_up_and_the_request_withdrawn()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        hub.FallSilent();

        var screen = await kiosk.TouchAsync();
        await Eventually.TrueAsync(async () => (await kiosk.PageAsync(screen)).Contains("Chưa lấy được số", StringComparison.Ordinal), () => kiosk.Said);
        hub.Answer();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketWithdraw).Count == 1, () => kiosk.Said);

        var request = hub.Told(ReportTypes.TicketRequest).Single();
        Assert.Equal(request.Id, hub.Told(ReportTypes.TicketWithdraw).Single().Data.GetProperty("report").GetGuid());
        Assert.Empty(kiosk.Streams);
        Assert.Empty(hub.Told(ReportTypes.TicketPrinted));
    }

    [Fact]
    public async Task A_kill_while_the_paper_comes_out_makes_no_second_paper_and_the_outcome_is_unknown()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub, """{"takesMilliseconds":600000}""");

        await kiosk.TouchAsync();
        await Eventually.TrueAsync(() => kiosk.Streams.Count == 1, () => kiosk.Said);
        await kiosk.KillAsync();
        await kiosk.PlayAsync("{}");
        await kiosk.StartAgainAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);

        Assert.Equal("unknown", hub.Told(ReportTypes.TicketPrinted).Single().Data.GetProperty("outcome").GetString());
        Assert.Single(kiosk.Streams);
        Assert.Single(hub.Told(ReportTypes.TicketRequest));
        Assert.Empty(hub.Told(ReportTypes.TicketWithdraw));
    }

    [Fact]
    public async Task A_kill_while_a_number_is_asked_for_withdraws_it_at_the_next_start()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        hub.FallSilent();

        await kiosk.TouchAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketRequest).Count == 1, () => kiosk.Said);
        await kiosk.KillAsync();
        hub.Answer();
        await kiosk.StartAgainAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketWithdraw).Count == 1, () => kiosk.Said);

        Assert.Equal(hub.Told(ReportTypes.TicketRequest).Single().Id, hub.Told(ReportTypes.TicketWithdraw).Single().Data.GetProperty("report").GetGuid());
        Assert.Empty(kiosk.Streams);
    }

    [Fact]
    public async Task Without_paper_the_number_stands_on_the_screen_and_the_hub_is_told()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus).Count == 1, () => kiosk.Said);
        await kiosk.PlayAsync("""{"paper":"out"}""");

        var screen = await kiosk.TouchAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1 && hub.Told(ReportTypes.PrinterStatus).Count == 2, () => kiosk.Said);

        Assert.Equal("failed", hub.Told(ReportTypes.TicketPrinted).Single().Data.GetProperty("outcome").GetString());
        Assert.Equal("out", hub.Told(ReportTypes.PrinterStatus)[1].Data.GetProperty("paper").GetString());
        var page = WebUtility.HtmlDecode(await kiosk.PageAsync(screen));
        Assert.Contains("Máy hết giấy", page, StringComparison.Ordinal);
        Assert.Contains(">A001<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_in_words_and_nothing_is_printed()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        hub.Refuse("too-many");

        var screen = await kiosk.TouchAsync();

        await Eventually.TrueAsync(async () => (await kiosk.PageAsync(screen)).Contains("Máy vừa phát quá nhiều số", StringComparison.Ordinal), () => kiosk.Said);
        Assert.Empty(kiosk.Streams);
        Assert.Empty(hub.Told(ReportTypes.TicketWithdraw));
    }

    [Fact]
    public async Task A_reprint_is_marked_as_a_copy_on_paper_and_in_its_fact()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        var ticket = FakeHub.Ticket("A007", "HT", "normal");

        hub.OrderCopy(ticket);
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);

        var fact = hub.Told(ReportTypes.TicketPrinted).Single().Data;
        Assert.Equal(ticket.Id, fact.GetProperty("ticket").GetGuid());
        Assert.True(fact.GetProperty("copy").GetBoolean());
        Assert.EndsWith("-copy.png", kiosk.Papers.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_without_a_catalogue_has_the_number_and_no_code_in_place_of_a_name()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        hub.WithholdNames();
        await using var kiosk = await KioskProcess.StartWithoutNamesAsync(hub);
        var ticket = FakeHub.Ticket("A007", "HT", "normal") with { Services = ["CT"] };

        hub.OrderCopy(ticket);
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);
        Assert.Equal(Bytes(ticket, names: null), await PrintedAsync());

        hub.WithholdNames(false);
        await Eventually.TrueAsync(
            async () => (await kiosk.PageAsync("/")).Contains("/services/HT", StringComparison.Ordinal),
            () => kiosk.Said,
            TimeSpan.FromSeconds(40));
        hub.OrderCopy(ticket);
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 2, () => kiosk.Said);
        Assert.Equal(Bytes(ticket, FakeHub.Catalog()), await PrintedAsync());

        Task<byte[]> PrintedAsync() => File.ReadAllBytesAsync(kiosk.Streams[^1], TestContext.Current.CancellationToken);

        static byte[] Bytes(TicketDocument ticket, CatalogDocument? names) =>
            new SlipPaper(SlipTemplate.Default, PrinterProfile.Read(PrinterProfile.Default)).Make(new Slip
            {
                Hall = names?.Site.Name ?? "",
                Number = ticket.Number,
                Service = names is null ? "" : "Hộ tịch",
                ServiceEnglish = names is null ? null : "Civil status",
                Then = names is null ? null : "Chứng thực",
                Ahead = ticket.Ahead,
                Wait = Wait.Of(ticket),
                IssuedAt = HallTime.In(names, ticket.IssuedAt),
                ForwardNextDayAfter = HallTime.Passed(names?.ForwardNextDayAfter, HallTime.In(names, ticket.IssuedAt)),
                Copy = true,
            }).Bytes;
    }

    [Fact]
    public async Task A_template_is_previewed_in_both_widths_and_a_wrong_one_is_one_plain_line()
    {
        var template = Path.Combine(AppContext.BaseDirectory, "templates", "ticket.json");
        var picture = Path.GetTempFileName();
        foreach (var width in new[] { 576, 384 })
        {
            var (code, said) = await Spawned.RunAsync("kiosk", "--preview-ticket", template, picture, "--width", width.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal((0, ""), (code, said));
            Assert.Equal(width, PngPicture.Read(picture).Width);
        }

        await File.WriteAllTextAsync(picture, """{"header":["{name}"]}""", TestContext.Current.CancellationToken);
        var refused = await Spawned.RunAsync("kiosk", "--preview-ticket", picture, picture);
        File.Delete(picture);

        Assert.Equal(1, refused.Code);
        Assert.Contains("header is [\"{name}\"]; allowed is", Assert.Single(refused.Said.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_configuration_is_one_plain_line()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"device":"Kiosk 1","data":"/tmp","http":"http://0.0.0.0:1","hub":"http://127.0.0.1:1","broker":{"host":"x","port":1,"secretFile":"/dev/null"},"printer":"file:/tmp"}""", TestContext.Current.CancellationToken);
        var (code, error) = await Spawned.RunAsync("kiosk", "--config", file);
        File.Delete(file);

        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains("device", error, StringComparison.Ordinal);
        Assert.Contains("Kiosk 1", error, StringComparison.Ordinal);
    }
}
