using Reception.Protocol;
using Xunit;

namespace Reception.Unit.Tests.Protocol;

/// <summary>What people are told of a wait, by the fields of the wire contracts: the same sentence on every screen, slip and phone.</summary>
public sealed class WaitTests
{
    [Theory]
    // No counter open yet, or at lunch: whatever is said of the minutes.
    [InlineData("closed", null, null, 0, "Không ai chờ · Chưa có cán bộ tại quầy", "No one waiting · No officer at the counter yet")]
    [InlineData("closed", 0, 0, 1, "1 người chờ · Chưa có cán bộ tại quầy", "1 waiting · No officer at the counter yet")]
    [InlineData("closed", 1920, 6840, 8, "8 người chờ · Chưa có cán bộ tại quầy", "8 waiting · No officer at the counter yet")]
    // All paused.
    [InlineData("paused", null, null, 0, "Không ai chờ · Quầy đang tạm dừng", "No one waiting · Counter paused for now")]
    [InlineData("paused", 0, 0, 3, "3 người chờ · Quầy đang tạm dừng", "3 waiting · Counter paused for now")]
    // Nobody waiting, with a free counter and with busy ones.
    [InlineData("open", 0, 0, 0, "Không ai chờ · đến lượt ngay", "No one waiting · right away")]
    [InlineData("open", 600, 1860, 0, "Quầy đang bận · 10–31 phút", "Counters busy · 10–31 min")]
    // Under a minute, a minute, some minutes.
    [InlineData("open", 0, 59, 1, "1 người chờ · đến lượt ngay", "1 waiting · right away")]
    [InlineData("open", 0, 60, 1, "1 người chờ · khoảng 1 phút", "1 waiting · about 1 min")]
    [InlineData("open", 60, 60, 1, "1 người chờ · khoảng 1 phút", "1 waiting · about 1 min")]
    [InlineData("open", 0, 61, 1, "1 người chờ · 0–2 phút", "1 waiting · 0–2 min")]
    [InlineData("open", 0, 840, 1, "1 người chờ · 0–14 phút", "1 waiting · 0–14 min")]
    [InlineData("open", 300, 300, 2, "2 người chờ · khoảng 5 phút", "2 waiting · about 5 min")]
    [InlineData("open", 359, 541, 2, "2 người chờ · 5–10 phút", "2 waiting · 5–10 min")]
    // Long ones: "over 90" only where the low end is, too.
    [InlineData("open", 1920, 6840, 8, "8 người chờ · 32–114 phút", "8 waiting · 32–114 min")]
    [InlineData("open", 5280, 5700, 8, "8 người chờ · 88–95 phút", "8 waiting · 88–95 min")]
    [InlineData("open", 5400, 8400, 8, "8 người chờ · 90–140 phút", "8 waiting · 90–140 min")]
    [InlineData("open", 5459, 8400, 8, "8 người chờ · 90–140 phút", "8 waiting · 90–140 min")]
    [InlineData("open", 5460, 8400, 8, "8 người chờ · hơn 90 phút", "8 waiting · over 90 minutes")]
    [InlineData("open", 36000, int.MaxValue, 1234, "1.234 người chờ · hơn 90 phút", "1,234 waiting · over 90 minutes")]
    // Unknown.
    [InlineData("open", null, null, 3, "3 người chờ", "3 waiting")]
    [InlineData(null, null, null, 0, "Không ai chờ", "No one waiting")]
    // An older hub sends no state of the counters.
    [InlineData(null, 420, 780, 3, "3 người chờ · 7–13 phút", "3 waiting · 7–13 min")]
    public void An_open_services_queue_and_wait(string? counterState, int? low, int? high, int waiting, string vietnamese, string english)
    {
        var wait = Wait.Of(new HallService { Code = "HT", Open = true, Waiting = waiting, CounterState = counterState, EstimatedWaitRange = Range(low, high) });

        Assert.Equal(vietnamese, Sentence("vi"));
        Assert.Equal(english, Sentence("en"));

        string Sentence(string language) => string.Join(" · ", new[] { wait.Queue(waiting, language), wait.Text(language) }.Where(part => part.Length > 0));
    }

    [Theory]
    // Before opening hours and at lunch; after the last ticket; the others.
    [InlineData("outside-hours", "Ngoài giờ lấy số", "Closed now")]
    [InlineData("last-ticket", "Hết giờ lấy số", "No more numbers")]
    [InlineData("quota", "Đã phát hết số", "All numbers taken")]
    [InlineData("day-off", "Hôm nay nghỉ", "Closed today")]
    [InlineData("no-counter", "Chưa có quầy", "No counter")]
    [InlineData("a reason of a later hub", "Đang đóng", "Closed")]
    [InlineData(null, "Đang đóng", "Closed")]
    public void A_closed_service_tells_why_and_no_minutes_whatever_the_counters_do(string? reason, string vietnamese, string english)
    {
        foreach (var counters in new[] { "closed", "paused", "open", null })
        {
            foreach (var range in new[] { null, Range(0, 0), Range(420, 780) })
            {
                var wait = Wait.Of(new HallService
                {
                    Code = "HT",
                    Open = false,
                    ClosedReason = reason,
                    Waiting = 3,
                    CounterState = counters,
                    EstimatedWaitSeconds = 540,
                    EstimatedWaitRange = range,
                });
                Assert.Equal((vietnamese, english, null), (wait.Text("vi"), wait.Text("en"), wait.Figures));
            }
        }
    }

    [Theory]
    [InlineData("closed", 0, 0, "Chưa có cán bộ tại quầy", null)]
    [InlineData("paused", null, null, "Quầy đang tạm dừng", null)]
    [InlineData("open", 0, 0, "đến lượt ngay", null)]
    [InlineData("open", 300, 300, "5 phút", "5")]
    [InlineData("open", 1920, 6840, "32–114 phút", "32–114")]
    [InlineData("open", 5460, 8400, "hơn 90 phút", null)]
    [InlineData(null, null, null, "", null)]
    public void A_tickets_wait_behind_a_label(string? counterState, int? low, int? high, string value, string? figures)
    {
        var wait = Wait.Of(new TicketDocument
        {
            Id = Guid.Empty,
            Number = "A001",
            Service = "HT",
            Lane = "normal",
            State = "waiting",
            Printed = "pending",
            IssuedAt = default,
            CounterState = counterState,
            EstimatedWaitRange = Range(low, high),
        });

        Assert.Equal((value, figures), (wait.Value("vi"), wait.Figures));
    }

    [Theory]
    [InlineData(0, "đến lượt ngay")]
    [InlineData(60, "khoảng 1 phút")]
    [InlineData(61, "1–2 phút")]
    [InlineData(5400, "khoảng 90 phút")]
    [InlineData(9000, "hơn 90 phút")]
    [InlineData(int.MaxValue, "hơn 90 phút")]
    public void Where_there_is_no_range_the_likely_wait_is_told(int seconds, string text) =>
        Assert.Equal(text, Wait.Of(new HallService { Code = "HT", Open = true, Waiting = 1, EstimatedWaitSeconds = seconds }).Text("vi"));

    private static int[]? Range(int? low, int? high) => low is { } from && high is { } to ? [from, to] : null;
}
