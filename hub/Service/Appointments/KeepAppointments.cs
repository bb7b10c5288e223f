using System.Globalization;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Appointments;

/// <summary>An administrator gives a list of booked times. Each line is taken or refused for itself; one with a known code moves that appointment.</summary>
/// <param name="Officer">The administrator's code, for the trail.</param>
internal sealed record KeepAppointments(IReadOnlyList<AppointmentLine> Lines, string Officer) : JournalCommand
{
    /// <summary>A list's part in the trail of changes; its value is how many lines were taken of how many, such as <c>5/7</c>.</summary>
    public const string Part = "appointments.list";

    public override Decision Decide(WorkingHall working) => Decision.Nothing;

    public override Told Tell(Reply reply, WorkingHall working)
    {
        var refused = new List<AppointmentFault>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Lines)
        {
            if (Fault(line, working, seen) is var (vietnamese, english))
            {
                refused.Add(new AppointmentFault(line.Line, line.Code, vietnamese, english));
                continue;
            }

            seen.Add(line.Code, line.Line);
            var at = line.At!.Value.ToUnixTimeMilliseconds();
            if (CheckIn.Find(working, line.Code) is { } before && (before.At, before.Service) != (at, line.Service))
            {
                TrailLine.Keep(working, Officer, new SetupChange(
                    RemoveAppointment.PartOf(line.Code), RemoveAppointment.Written(working, before.At, before.Service), RemoveAppointment.Written(working, at, line.Service)));
            }

            working.Run(
                "INSERT INTO appointment(code, at, service) VALUES ($p0, $p1, $p2) ON CONFLICT(code) DO UPDATE SET at = excluded.at, service = excluded.service, ticket = NULL",
                line.Code, at, line.Service);
        }

        TrailLine.Keep(working, Officer, new SetupChange(Part, null, string.Create(CultureInfo.InvariantCulture, $"{seen.Count}/{Lines.Count}")));
        return new Told(StatusCodes.Status200OK, ProtocolJson.Write(new AppointmentsDocument(seen.Count, refused)));
    }

    private static (string Vietnamese, string English)? Fault(AppointmentLine line, WorkingHall working, Dictionary<string, int> seen) =>
        line.At is not { } at ? ("Không đọc được giờ hẹn. Hãy viết như 26/11/2026 08:30.", "The time can't be read. Write it as 26/11/2026 08:30.")
        : !working.Hall.Services.ContainsKey(line.Service)
            ? ($"Không có lĩnh vực \"{Short(line.Service)}\". Hãy ghi mã lĩnh vực.", $"There is no service \"{Short(line.Service)}\". Write a service's code.")
        : !working.Hall.Offers(line.Service)
            ? ($"Lĩnh vực \"{Short(line.Service)}\" đã thôi cấp số. Hãy ghi mã của lĩnh vực khác.", $"The service \"{Short(line.Service)}\" gives out no more numbers. Write another service's code.")
        : !line.HasCode ? ("Mã hẹn gồm 4 đến 12 chữ số.", "A code has 4 to 12 digits.")
        : working.Hall.Setup.DayOf(at) < working.Hall.Day ? ("Ngày hẹn đã qua.", "That day is over.")
        : seen.TryGetValue(line.Code, out var earlier) ? ($"Mã này đã có ở dòng {earlier}.", $"Line {earlier} has this code.")
        : CheckIn.UsedFor(working, line.Code) is { } ticket ? ($"Mã này đã dùng để lấy số {ticket.Number}.", $"Number {ticket.Number} was taken with this code.")
        : !working.Hall.Setup.AppointmentRule.Holds(new Appointment(line.Code, at), working.Now) ? ("Giờ hẹn đã qua. Hãy ghi giờ muộn hơn bây giờ.", "That time is past. Write one that is later than now.")
        : Shut(working.Hall.Setup.OpeningAt(at), working);

    /// <summary>Why nobody is served at a time. Between the last ticket and the end of a period the booked still are.</summary>
    private static (string Vietnamese, string English)? Shut(Opening opening, WorkingHall working)
    {
        if (opening.Closed is not (ClosedReason.DayOff or ClosedReason.OutsideHours))
        {
            return null;
        }

        var next = opening.OpensAt is { } opens ? working.Renderer.Local(opens) : (DateTimeOffset?)null;
        var (vietnamese, english) = opening.Closed == ClosedReason.DayOff ? ("Ngày hẹn là ngày nghỉ.", "The hall is closed on that day.")
            : ("Giờ hẹn ngoài giờ làm việc.", "The hall is closed at that time.");
        return (
            string.Create(CultureInfo.InvariantCulture, $"{vietnamese} {(next is null ? "Hãy ghi giờ khác." : $"Hãy ghi từ {next:HH:mm} ngày {next:dd'/'MM'/'yyyy}.")}"),
            string.Create(CultureInfo.InvariantCulture, $"{english} {(next is null ? "Write another time." : $"Write one from {next:HH:mm} on {next:dd'/'MM'/'yyyy}.")}"));
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
