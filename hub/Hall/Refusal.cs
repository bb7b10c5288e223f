namespace Reception.Hall;

/// <summary>A refusal that a person can cause: a code of the wire contracts, and words that say what to do.</summary>
/// <param name="Code">Such as <c>not-allowed-now</c>.</param>
/// <param name="Vietnamese">What the person reads.</param>
/// <param name="English">The same in English.</param>
public sealed record Refusal(string Code, string Vietnamese, string English)
{
    public static Refusal UnknownService { get; } = new("unknown-service",
        "Không có lĩnh vực này. Hãy chọn một lĩnh vực trong danh sách.", "There is no such service. Choose one of the list.");

    public static Refusal UnknownTicket { get; } = new("unknown-ticket",
        "Không có số thứ tự này trong ngày.", "There is no such ticket today.");

    public static Refusal UnknownCounter { get; } = new("unknown-counter",
        "Không có quầy này.", "There is no such counter.");

    public static Refusal ServiceClosed { get; } = new("service-closed",
        "Ngoài giờ làm việc, hiện không cấp số.", "The hall is closed; no numbers are given out now.");

    public static Refusal TooMany { get; } = new("too-many",
        "Máy này vừa lấy quá nhiều số. Hãy chờ một phút rồi thử lại.", "This device asked for too many tickets. Wait a minute and try again.");

    public static Refusal NoOfficer { get; } = new("no-officer",
        "Quầy này chưa có cán bộ. Hãy chọn quầy đang mở.", "No officer is on duty at this counter. Choose an open one.");

    public static Refusal CounterTaken { get; } = new("counter-taken",
        "Quầy đang có người dân. Hãy hoàn tất lượt đang phục vụ trước.", "A ticket is in hand there. Finish it first.");

    public static Refusal NotAllowed { get; } = new("not-allowed",
        "Bạn không có quyền làm việc này.", "You may not do this.");

    public static Refusal CounterClosed { get; } = NotNow("Quầy chưa mở hoặc đang tạm nghỉ.", "The counter is not open.");

    public static Refusal TicketInHand { get; } = NotNow("Quầy đang có một số. Hãy hoàn tất số đó trước.", "A ticket is in hand. Finish it first.");

    public static Refusal NoTicketInHand { get; } = NotNow("Quầy không có số nào đang gọi.", "There is no ticket in hand.");

    public static Refusal NotNow(string vietnamese, string english) => new("not-allowed-now", vietnamese, english);
}
