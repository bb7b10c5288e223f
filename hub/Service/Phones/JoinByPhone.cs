using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Site;
using Reception.Hub.Tickets;

namespace Reception.Hub.Phones;

/// <summary>What a phone asks for, checked before it reaches the writer.</summary>
internal sealed class JoinByPhone(
    HubOptions options, PresenceCode presence, PhoneLimits limits, PhoneTickets phones, TicketLinks links, HallBoard board, DiskSpace disk, TimeProvider clock)
{
    /// <summary>Little room is left on the hub's disk: it is kept for the kiosks and the officers.</summary>
    public static Refusal DiskLow { get; } = new("not-ready",
        "Máy chủ gần hết chỗ lưu nên tạm ngừng cấp số qua điện thoại. Xin lấy số ở máy trong sảnh.",
        "The hub's disk is nearly full: no numbers are given out by phone now. Take one at the kiosk.");

    public static Refusal WrongCode { get; } = new("not-allowed",
        "Mã không đúng hoặc đã đổi. Xin nhập 6 chữ số đang hiện trên màn hình gọi số.",
        "The code is wrong or has changed. Type the 6 digits that the hall's display shows now.");

    public static Refusal NotOffered { get; } = Refusal.NotNow(
        "Nơi này không cấp số qua điện thoại. Xin lấy số ở máy.", "This hall gives no numbers by phone. Take one at the kiosk.");

    /// <summary>Whether the hall has an address that phones reach.</summary>
    public bool IsOffered => options.PublicAddress is not null;

    /// <summary>The code as screens show it, <c>482 913</c>; null where it is not offered.</summary>
    public string? CodeInGroups => IsOffered ? presence.Current.Insert(PresenceCode.Digits / 2, " ") : null;

    /// <summary>The page's address with the code of now, for a screen in the hall; null where it is not offered.</summary>
    public string? Invitation => Door is { } door ? $"{door}?code={presence.Current}" : null;

    /// <summary>The page's address for the door, where no code is: it would be old.</summary>
    public string? Door => options.PublicAddress is { } address ? $"{address.TrimEnd('/')}/join" : null;

    /// <summary>Takes a place among the numbers that an address may take, until it is known whether a number comes of it.</summary>
    public PhoneLimits.Place Reserve(string address) => limits.Reserve(address);

    /// <summary>The command, or its refusal.</summary>
    /// <param name="code">What proves presence.</param>
    /// <param name="services">The errands, in order; at least one.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="phone">Which phone asks.</param>
    /// <param name="place">The place of its address.</param>
    public Result<TakeNumberByPhone> Read(string code, IReadOnlyList<string> services, Lane lane, string phone, PhoneLimits.Place place)
    {
        if (!IsOffered)
        {
            return NotOffered;
        }

        if (disk.IsLow)
        {
            return DiskLow;
        }

        // A phone that holds the number already is told it, whatever the screens show by now and however many codes were wrong.
        var asks = phones.Live(board.Current.State, phone, services[0]) is null;
        if (asks && CodeFault(code, place.Address) is { } refusal)
        {
            return refusal;
        }

        var issue = new IssueTicket(Guid.CreateVersion7(clock.GetUtcNow()), services[0], lane) { Services = [.. services.Skip(1)], ByPhone = true };
        return new TakeNumberByPhone(issue, phone, place, Secrets.LinkCode(), links, phones) { ProvedPresence = asks };
    }

    /// <summary>Why a code proves no presence, or null. A wrong one is counted; after too many of them the address is told of none whether it is right.</summary>
    public Refusal? CodeFault(string code, string address)
    {
        if (limits.TryCode(address) is { } wait)
        {
            return PhoneLimits.TooManyCodes with { RetryAfter = wait };
        }

        if (!presence.Holds(code))
        {
            return WrongCode;
        }

        limits.Right(address);
        return null;
    }
}
