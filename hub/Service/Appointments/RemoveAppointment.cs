using System.Globalization;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Appointments;

/// <summary>An administrator takes out a booked time that is to come and that no number was taken with. What is past stays as it was.</summary>
/// <param name="Officer">The administrator's code, for the trail.</param>
internal sealed record RemoveAppointment(string Code, string Officer) : JournalCommand
{
    private static readonly Refusal Unknown = CheckIn.UnknownAppointment with
    {
        Vietnamese = "Không có lịch hẹn với mã này. Có thể lịch hẹn đã được bỏ; hãy xem lại danh sách.",
        English = "There is no appointment with this code. It may have been taken out already; look at the list again.",
    };

    /// <summary>An appointment's part in the trail of changes.</summary>
    public static string PartOf(string code) => $"appointments.{code}";

    /// <summary>An appointment as the trail keeps it, such as <c>2026-11-23T08:30+07:00 HT</c>.</summary>
    public static string Written(WorkingHall working, long at, string service) => string.Create(
        CultureInfo.InvariantCulture, $"{working.Renderer.Local(DateTimeOffset.FromUnixTimeMilliseconds(at)):yyyy-MM-dd'T'HH:mmzzz} {service}");

    public override Decision Decide(WorkingHall working) =>
        CheckIn.Find(working, Code) is not { } row ? Decision.Refused(Unknown)
        : CheckIn.UsedFor(working, Code) is { } used ? Refused(
            $"Mã hẹn này đã dùng để lấy số {used.Number}. Nếu cần, hãy hủy số đó.", $"Number {used.Number} was taken with this code. Cancel that number if need be.")
        : row.At < working.Now.ToUnixTimeMilliseconds() ? Refused(
            "Giờ hẹn đã qua, lịch hẹn này không bỏ được nữa.", "That time is past: the appointment stays on the list.")
        : Decision.Nothing;

    public override Told Tell(Reply reply, WorkingHall working)
    {
        var row = CheckIn.Find(working, Code)!.Value;
        TrailLine.Keep(working, Officer, new SetupChange(PartOf(Code), Written(working, row.At, row.Service), null));
        working.Run("DELETE FROM appointment WHERE code = $p0", Code);
        return new Told(StatusCodes.Status204NoContent, []);
    }

    private static Decision Refused(string vietnamese, string english) => Decision.Refused(Refusal.NotNow(vietnamese, english));
}
