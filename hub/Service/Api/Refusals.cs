using Reception.Hall;
using Reception.Hub.Staff;

namespace Reception.Hub.Api;

/// <summary>Refusals that only HTTP makes.</summary>
internal static class Refusals
{
    public static Refusal NotSignedIn { get; } = new("not-signed-in", "Bạn chưa đăng nhập, hoặc phiên đã kết thúc. Hãy đăng nhập lại.",
        "You are not signed in, or the session has ended. Sign in again.");

    public static Refusal WrongPin { get; } = new("wrong-pin", "Sai tên hoặc mã PIN.", "The name or the PIN is wrong.");

    public static Refusal ChangePinFirst { get; } = new("not-allowed", "Mã PIN này do người khác đặt. Hãy đổi mã PIN ở trang /account trước khi làm việc khác.",
        "This PIN was set by someone else. Change it at /account before anything else.");

    public static Refusal UnknownDevice { get; } = new("unknown-device", "Không có thiết bị này, hoặc sai mã bí mật.",
        "There is no such device, or its secret is wrong.");

    public static Refusal UnknownOfficer { get; } = new("unknown-officer", "Không có cán bộ này.", "There is no such officer.");

    public static Refusal TooManyPins(TimeSpan wait) => new("too-many", "Sai mã PIN quá nhiều lần. Hãy chờ 30 giây rồi thử lại.",
        "Too many wrong PINs. Wait 30 seconds and try again.")
    {
        RetryAfter = wait,
    };

    public static Refusal TooManySignIns { get; } = new("too-many", "Đang có quá nhiều người đăng nhập cùng lúc. Hãy thử lại sau ít giây.",
        "Too many people are signing in at once. Try again in a few seconds.")
    {
        RetryAfter = PinCheck.RetryAfter,
    };

    public static Refusal NotReady { get; } = new("not-ready", "Máy chủ chưa ghi được. Hãy thử lại sau ít giây; nếu còn lỗi, kiểm tra dung lượng đĩa.",
        "The hub can't store this now. Try again in a few seconds; if it stays, check the disk's free space.");

    public static Refusal TooLarge { get; } = new("too-large", "Yêu cầu quá lớn.", "The request is too large.");

    public static Refusal Malformed(string vietnamese, string english) => new("malformed", vietnamese, english);

    /// <summary>A body that does not say that it is JSON: a page of another origin can send one unasked.</summary>
    public static Refusal NoJsonType { get; } = Malformed("Content-Type phải là application/json.", "The Content-Type must be application/json.");

    /// <summary>A body that is no JSON object.</summary>
    public static Refusal NoJson { get; } = Malformed("Nội dung phải là một đối tượng JSON.", "The body must be a JSON object.");

    public static Refusal WrongField(string name) => Malformed($"Thiếu hoặc sai trường {name}.", $"The field {name} is missing or wrong.");

    public static Refusal WrongKey { get; } = Malformed("Idempotency-Key gồm 1 đến 64 ký tự ASCII nhìn thấy được.",
        "An Idempotency-Key is 1 to 64 visible ASCII characters.");
}
