using System.Net;
using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>A ticket is printed at most once, and whoever holds the number is told what came of its paper.</summary>
public sealed class KioskPaperTests
{
    private static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_slow_printer_never_keeps_the_number_from_the_screen_and_its_slip_comes_all_the_same()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub, """{"takesMilliseconds":7000}""");

        var screen = await kiosk.TouchAsync();
        await ShowsAsync(kiosk, screen, SoonEnough, ">A001<");
        await ShowsAsync(kiosk, screen, SoonEnough, "Máy in đang chậm", "ghi nhớ số A001", "class=\"qr\"");
        Assert.Empty(hub.Told(ReportTypes.TicketPrinted));

        await ShowsAsync(kiosk, screen, TimeSpan.FromSeconds(15), "/paper.png");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);
        Assert.Equal("printed", Outcome(hub.Told(ReportTypes.TicketPrinted)[0]));
        Assert.Single(kiosk.Papers);
    }

    [Fact]
    public async Task A_printer_that_hangs_costs_nobody_the_number_and_prints_again_once_it_is_back()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        await kiosk.HangPrinterAsync();

        foreach (var (service, number) in new[] { ("HT", "A001"), ("CT", "B002") })
        {
            var screen = await kiosk.TouchAsync(service);
            await ShowsAsync(kiosk, screen, SoonEnough, $">{number}<", "Phiếu chưa in được", $"ghi nhớ số {number}", "class=\"qr\"");
        }

        await ShowsAsync(kiosk, "/services/HT", SoonEnough, "Máy in đang có lỗi", "data-take");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 2, () => kiosk.Said);
        Assert.All(hub.Told(ReportTypes.TicketPrinted), fact => Assert.Equal("failed", Outcome(fact)));
        Assert.False(hub.Told(ReportTypes.PrinterStatus)[^1].Data.GetProperty("online").GetBoolean());
        Assert.Empty(kiosk.Streams);

        await kiosk.LetPrinterGoAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus)[^1].Data.GetProperty("online").GetBoolean(), () => kiosk.Said);
        var last = await kiosk.TouchAsync("XH");
        await ShowsAsync(kiosk, last, SoonEnough, "/paper.png");
        Assert.Single(kiosk.Papers);
    }

    [Fact]
    public async Task Every_change_of_the_printer_is_told_once_and_low_paper_still_prints()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        string[] plays =
        [
            """{"paper":"ok","cover":"closed","online":true,"fault":null}""",
            """{"paper":"low","cover":"closed","online":true,"fault":null}""",
            """{"paper":"ok","cover":"open","online":true,"fault":null}""",
            """{"paper":"ok","cover":"closed","online":true,"fault":"cutter"}""",
            """{"paper":"ok","cover":"closed","online":true,"fault":"temperature"}""",
            """{"paper":"ok","cover":"closed","online":false,"fault":null}""",
            """{"paper":"out","cover":"closed","online":true,"fault":null}""",
        ];
        for (var told = 0; told < plays.Length; told++)
        {
            await kiosk.PlayAsync(plays[told]);
            await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus).Count == told + 1, () => kiosk.Said);
        }

        Assert.Equal(plays, hub.Told(ReportTypes.PrinterStatus).Select(fact => fact.Data.GetRawText()));
        await ShowsAsync(kiosk, "/", SoonEnough, "Máy hết giấy");
        await kiosk.PlayAsync(plays[1]);
        var screen = await kiosk.TouchAsync();
        await ShowsAsync(kiosk, screen, SoonEnough, "/paper.png");
    }

    [Fact]
    public async Task A_citizen_before_a_kiosk_that_was_killed_still_sees_the_number_and_what_became_of_the_paper()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub, """{"takesMilliseconds":600000}""");
        var printing = await kiosk.TouchAsync("HT");
        await Eventually.TrueAsync(() => kiosk.Streams.Count == 1, () => kiosk.Said);
        hub.FallSilent();
        var asking = await kiosk.TouchAsync("CT");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketRequest).Count == 2, () => kiosk.Said);

        await kiosk.KillAsync();
        await kiosk.PlayAsync("{}");
        hub.Answer();
        await kiosk.StartAgainAsync();

        await ShowsAsync(kiosk, printing, SoonEnough, ">A001<", "Phiếu có thể chưa in xong", "class=\"qr\"", "In bản sao");
        await ShowsAsync(kiosk, asking, SoonEnough, "Chưa lấy được số");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1 && hub.Told(ReportTypes.TicketWithdraw).Count == 1, () => kiosk.Said);
        Assert.Equal("unknown", Outcome(hub.Told(ReportTypes.TicketPrinted)[0]));
        Assert.Single(kiosk.Streams);

        await kiosk.TouchCopyAsync(printing);
        await ShowsAsync(kiosk, printing, SoonEnough, "/paper.png");
        Assert.EndsWith("-copy.png", Assert.Single(kiosk.Papers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_ticket_has_one_copy_which_is_marked_and_is_no_second_number()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        var screen = await kiosk.TouchAsync();
        await ShowsAsync(kiosk, screen, SoonEnough, "/paper.png", "In bản sao");
        await ShowsAsync(kiosk, "/", SoonEnough, "In lại số A001 vừa lấy");

        await Task.WhenAll(kiosk.TouchCopyAsync(screen), kiosk.TouchCopyAsync(screen));
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 2, () => kiosk.Said);
        await kiosk.TouchCopyAsync(screen);

        var (first, copy) = (hub.Told(ReportTypes.TicketPrinted)[0].Data, hub.Told(ReportTypes.TicketPrinted)[1].Data);
        Assert.Equal(first.GetProperty("ticket").GetGuid(), copy.GetProperty("ticket").GetGuid());
        Assert.Equal("printed", copy.GetProperty("outcome").GetString());
        Assert.True(copy.GetProperty("copy").GetBoolean());
        Assert.Single(hub.Told(ReportTypes.TicketRequest));
        Assert.DoesNotContain("In bản sao", WebUtility.HtmlDecode(await kiosk.PageAsync(screen)), StringComparison.Ordinal);
        Assert.DoesNotContain("vừa lấy", WebUtility.HtmlDecode(await kiosk.PageAsync("/")), StringComparison.Ordinal);
        Assert.Equal(["-copy", ""], kiosk.Papers.Select(paper => Path.GetFileName(paper).Contains("-copy", StringComparison.Ordinal) ? "-copy" : "").OrderDescending());
    }

    [Fact]
    public async Task A_copy_that_finds_no_paper_can_be_asked_for_again()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub, """{"paper":"out"}""");
        var screen = await kiosk.TouchAsync();
        await ShowsAsync(kiosk, screen, SoonEnough, "Máy hết giấy", "Cán bộ đã được báo để thay giấy.");
        Assert.DoesNotContain("In bản sao", WebUtility.HtmlDecode(await kiosk.PageAsync(screen)), StringComparison.Ordinal);

        await kiosk.PlayAsync("{}");
        await ShowsAsync(kiosk, screen, SoonEnough, "In bản sao");
        await kiosk.TouchCopyAsync(screen);
        await ShowsAsync(kiosk, screen, SoonEnough, "/paper.png");
        Assert.Single(kiosk.Papers);
    }

    private static string? Outcome(Report fact) => fact.Data.GetProperty("outcome").GetString();

    private static Task ShowsAsync(KioskProcess kiosk, string screen, TimeSpan within, params string[] texts) => Eventually.TrueAsync(
        async () =>
        {
            var page = WebUtility.HtmlDecode(await kiosk.PageAsync(screen));
            return texts.All(text => page.Contains(text, StringComparison.Ordinal));
        },
        () => kiosk.Said,
        within);
}
