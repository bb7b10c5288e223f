using System.Globalization;
using Reception.Hall;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Protocol;

namespace Reception.Hub.Appointments;

/// <summary>An administrator gives a list of booked times. Each line is taken or refused for itself; one with a known code moves that appointment.</summary>
/// <param name="Officer">The administrator's code, for the audit log.</param>
internal sealed record KeepAppointments(IReadOnlyList<AppointmentLine> Lines, string Officer) : JournalCommand<AppointmentsDocument>
{
    /// <summary>A list's part in the audit log; its value is how many lines were taken of how many, such as <c>5/7</c>.</summary>
    public const string Part = "appointments.list";

    public override Result<AppointmentsDocument> Execute(HallTransaction transaction)
    {
        var refused = new List<AppointmentFault>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Lines)
        {
            if (Fault(line, transaction, seen) is var (vietnamese, english))
            {
                refused.Add(new AppointmentFault(line.Line, line.Code, vietnamese, english));
                continue;
            }

            seen.Add(line.Code, line.Line);
            var at = line.At!.Value.ToUnixTimeMilliseconds();
            if (CheckIn.Find(transaction, line.Code) is { } before && (before.At, before.Service) != (at, line.Service))
            {
                AuditLog.Add(transaction, Officer, new SetupChange(
                    RemoveAppointment.PartOf(line.Code), RemoveAppointment.Written(transaction, before.At, before.Service), RemoveAppointment.Written(transaction, at, line.Service)));
            }

            transaction.Run(
                "INSERT INTO appointment(code, at, service) VALUES ($p0, $p1, $p2) ON CONFLICT(code) DO UPDATE SET at = excluded.at, service = excluded.service, ticket = NULL",
                line.Code, at, line.Service);
        }

        AuditLog.Add(transaction, Officer, new SetupChange(Part, null, string.Create(CultureInfo.InvariantCulture, $"{seen.Count}/{Lines.Count}")));
        return new AppointmentsDocument(seen.Count, refused);
    }

    private static (string Vietnamese, string English)? Fault(AppointmentLine line, HallTransaction transaction, Dictionary<string, int> seen) =>
        line.At is not { } at ? ("Không đọc được giờ hẹn. Hãy viết như 26/11/2026 08:30.", "The time can't be read. Write it as 26/11/2026 08:30.")
        : !transaction.Hall.Services.ContainsKey(line.Service)
            ? ($"Không có lĩnh vực \"{Short(line.Service)}\". Hãy ghi mã lĩnh vực.", $"There is no service \"{Short(line.Service)}\". Write a service's code.")
        : !transaction.Hall.Offers(line.Service)
            ? ($"Lĩnh vực \"{Short(line.Service)}\" đã thôi cấp số. Hãy ghi mã của lĩnh vực khác.", $"The service \"{Short(line.Service)}\" gives out no more numbers. Write another service's code.")
        : !line.HasCode ? ("Mã hẹn gồm 4 đến 12 chữ số.", "A code has 4 to 12 digits.")
        : transaction.Hall.Setup.DayOf(at) < transaction.Hall.Day ? ("Ngày hẹn đã qua.", "That day is over.")
        : seen.TryGetValue(line.Code, out var earlier) ? ($"Mã này đã có ở dòng {earlier}.", $"Line {earlier} has this code.")
        : CheckIn.UsedFor(transaction, line.Code) is { } ticket ? ($"Mã này đã dùng để lấy số {ticket.Number}.", $"Number {ticket.Number} was taken with this code.")
        : !transaction.Hall.Setup.AppointmentRule.Holds(new Appointment(line.Code, at), transaction.Now) ? ("Giờ hẹn đã qua. Hãy ghi giờ muộn hơn bây giờ.", "That time is past. Write one that is later than now.")
        : Shut(transaction.Hall.Setup.OpeningAt(at), transaction);

    /// <summary>Why nobody is served at a time. Between the last ticket and the end of a period the booked still are.</summary>
    private static (string Vietnamese, string English)? Shut(Opening opening, HallTransaction transaction)
    {
        if (opening.Closed is not (ClosedReason.DayOff or ClosedReason.OutsideHours))
        {
            return null;
        }

        var next = opening.OpensAt is { } opens ? TimeZoneInfo.ConvertTime(opens, transaction.Setup.Zone) : (DateTimeOffset?)null;
        var (vietnamese, english) = opening.Closed == ClosedReason.DayOff ? ("Ngày hẹn là ngày nghỉ.", "The hall is closed on that day.")
            : ("Giờ hẹn ngoài giờ làm việc.", "The hall is closed at that time.");
        return (
            string.Create(CultureInfo.InvariantCulture, $"{vietnamese} {(next is null ? "Hãy ghi giờ khác." : $"Hãy ghi từ {next:HH:mm} ngày {next:dd'/'MM'/'yyyy}.")}"),
            string.Create(CultureInfo.InvariantCulture, $"{english} {(next is null ? "Write another time." : $"Write one from {next:HH:mm} on {next:dd'/'MM'/'yyyy}.")}"));
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
