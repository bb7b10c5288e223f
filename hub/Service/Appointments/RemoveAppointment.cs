using System.Globalization;
using Reception.Hall;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Tickets;

namespace Reception.Hub.Appointments;

/// <summary>An administrator takes out a booked time that is to come and that no number was taken with. What is past stays as it was.</summary>
/// <param name="Officer">The administrator's code, for the audit log.</param>
internal sealed record RemoveAppointment(string Code, string Officer) : JournalCommand<Done>
{
    private static readonly Refusal Unknown = CheckIn.UnknownAppointment with
    {
        Vietnamese = "Không có lịch hẹn với mã này. Có thể lịch hẹn đã được bỏ; hãy xem lại danh sách.",
        English = "There is no appointment with this code. It may have been taken out already; look at the list again.",
    };

    /// <summary>An appointment's part in the audit log.</summary>
    public static string PartOf(string code) => $"appointments.{code}";

    /// <summary>An appointment as the audit log keeps it, such as <c>2026-11-23T08:30+07:00 HT</c>.</summary>
    public static string Written(HallTransaction transaction, long at, string service) => string.Create(
        CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), transaction.Setup.Zone):yyyy-MM-dd'T'HH:mmzzz} {service}");

    public override Result<Done> Execute(HallTransaction transaction)
    {
        if (CheckIn.Find(transaction, Code) is not { } row)
        {
            return Unknown;
        }

        if (CheckIn.UsedFor(transaction, Code) is { } used)
        {
            return Refusal.NotNow(
                $"Mã hẹn này đã dùng để lấy số {used.Number}. Nếu cần, hãy hủy số đó.", $"Number {used.Number} was taken with this code. Cancel that number if need be.");
        }

        if (row.At < transaction.Now.ToUnixTimeMilliseconds())
        {
            return Refusal.NotNow("Giờ hẹn đã qua, lịch hẹn này không bỏ được nữa.", "That time is past: the appointment stays on the list.");
        }

        AuditLog.Add(transaction, Officer, new SetupChange(PartOf(Code), Written(transaction, row.At, row.Service), null));
        transaction.Run("DELETE FROM appointment WHERE code = $p0", Code);
        return default(Done);
    }
}
