using System.Globalization;

namespace Reception.Hall;

/// <summary>A refusal that a person can cause: a code of the wire contracts, and words that say what to do.</summary>
/// <param name="Code">Such as <c>not-allowed-now</c>.</param>
/// <param name="Vietnamese">What the person reads.</param>
/// <param name="English">The same in English.</param>
public sealed record Refusal(string Code, string Vietnamese, string English)
{
    /// <summary>How long the limit that was met lasts; null where time changes nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The words in a language, <c>vi</c> or <c>en</c>.</summary>
    public string In(string language) => language == "en" ? English : Vietnamese;

    public static Refusal UnknownService { get; } = new("unknown-service",
        "Không có lĩnh vực này. Hãy chọn một lĩnh vực trong danh sách.", "There is no such service. Choose one of the list.");

    public static Refusal UnknownTicket { get; } = new("unknown-ticket",
        "Không có số thứ tự này trong ngày.", "There is no such ticket today.");

    public static Refusal UnknownCounter { get; } = new("unknown-counter",
        "Không có quầy này.", "There is no such counter.");

    public static Refusal TooMany { get; } = new("too-many",
        "Máy này vừa lấy quá nhiều số. Hãy chờ một phút rồi thử lại.", "This device asked for too many tickets. Wait a minute and try again.");

    public static Refusal NoCounter { get; } = NotNow(
        "Không có quầy nào phục vụ lĩnh vực này. Hãy chọn lĩnh vực khác.", "No counter serves this service. Choose another one.");

    public static Refusal NoOfficer { get; } = new("no-officer",
        "Quầy này chưa có cán bộ. Hãy chọn quầy đang mở.", "No officer is on duty at this counter. Choose an open one.");

    public static Refusal CounterTaken { get; } = new("counter-taken",
        "Quầy đang có người dân. Hãy hoàn tất lượt đang phục vụ trước.", "A ticket is in hand there. Finish it first.");

    public static Refusal NotAllowed { get; } = new("not-allowed",
        "Bạn không có quyền làm việc này.", "You may not do this.");

    public static Refusal CounterClosed { get; } = NotNow("Quầy chưa mở hoặc đang tạm nghỉ.", "The counter is not open.");

    public static Refusal TicketInHand { get; } = NotNow("Quầy đang có một số. Hãy hoàn tất số đó trước.", "A ticket is in hand. Finish it first.");

    public static Refusal NoTicketInHand { get; } = NotNow("Quầy không có số nào đang gọi.", "There is no ticket in hand.");

    /// <summary>A service gives out no numbers now: why, and when it does again by the hall's own clock.</summary>
    /// <param name="errand">The code of the service where it is a further errand.</param>
    public static Refusal ServiceClosed(ClosedReason reason, DateTimeOffset? opens, string? errand = null)
    {
        var (vietnamese, english) = reason switch
        {
            ClosedReason.DayOff => ("Hôm nay bộ phận một cửa nghỉ, không cấp số.", "The hall is closed today; no numbers are given out."),
            ClosedReason.LastTicket => ("Đã hết giờ lấy số của buổi này.", "The time for taking numbers is over for this half day."),
            ClosedReason.Quota => (
                $"Lĩnh vực {errand ?? "này"} đã phát hết số của buổi này.", $"All numbers of {errand ?? "this service"} for this half day are given out."),
            ClosedReason.NoCounter => (
                $"Hiện không có quầy nào phục vụ lĩnh vực {errand ?? "này"}.", $"No counter serves {errand ?? "this service"} at present."),
            _ => ("Ngoài giờ làm việc, hiện không cấp số.", "The hall is closed; no numbers are given out now."),
        };
        return new Refusal("service-closed",
            string.Create(CultureInfo.InvariantCulture, $"{vietnamese}{(opens is null ? "" : $" Mở lại lúc {opens:HH:mm} ngày {opens:dd'/'MM'/'yyyy}.")}"),
            string.Create(CultureInfo.InvariantCulture, $"{english}{(opens is null ? "" : $" They are again at {opens:HH:mm} on {opens:dd'/'MM'/'yyyy}.")}"));
    }

    public static Refusal NotNow(string vietnamese, string english) => new("not-allowed-now", vietnamese, english);
}
