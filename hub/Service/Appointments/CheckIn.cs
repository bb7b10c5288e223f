using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Tickets;

namespace Reception.Hub.Appointments;

/// <summary>A booked citizen is here: the code gives the number. The service may be left to the appointment.</summary>
internal sealed record CheckIn(TakeNumber Take, string Code, string? Service) : JournalCommand
{
    public static Refusal UnknownAppointment { get; } = new("unknown-appointment",
        "Không có lịch hẹn với mã này. Xin xem lại mã, hoặc lấy số thường.", "There is no appointment with this code. Check the code, or take a normal number.");

    /// <summary>The ticket that was taken with a code and not cancelled since, or null.</summary>
    public static Ticket? UsedFor(WorkingHall working, string code) =>
        Find(working, code) is { Ticket: { } id } && working.Hall.Tickets.TryGetValue(new Guid(id, bigEndian: true), out var ticket)
        && ticket.State != TicketState.Cancelled
            ? ticket
            : null;

    public override Decision Decide(WorkingHall working)
    {
        if (Find(working, Code) is not { } row)
        {
            return Decision.Refused(UnknownAppointment);
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(row.At);
        var day = working.Hall.Setup.DayOf(at);
        if (day != working.Hall.Day)
        {
            return Refused($"Lịch hẹn này là ngày {day:dd'/'MM'/'yyyy}, không phải hôm nay.", $"This appointment is for {day:dd'/'MM'/'yyyy}, not for today.");
        }

        if (Service is not null && Service != row.Service)
        {
            var (vietnamese, english) = working.Renderer.ServiceName(row.Service);
            return Refused($"Lịch hẹn này là của lĩnh vực {vietnamese}.", $"This appointment is for {english}.");
        }

        if (UsedFor(working, Code) is { } used)
        {
            return Refused($"Mã hẹn này đã dùng để lấy số {used.Number}.", $"Number {used.Number} was taken with this code.");
        }

        // The booked service may stand among the further errands of whoever left it to the appointment.
        var take = Take with
        {
            Issue = Take.Issue with { Service = row.Service, Services = Take.Issue.Services.Remove(row.Service), Appointment = new Appointment(Code, at) },
        };
        return take.Decide(working);
    }

    public override Told Tell(Reply reply, WorkingHall working)
    {
        working.Run("UPDATE appointment SET ticket = $p0 WHERE code = $p1", Take.Issue.Ticket.ToByteArray(bigEndian: true), Code);
        return Take.Tell(reply, working);
    }

    /// <summary>The appointment of a code as it is kept, or null.</summary>
    internal static (long At, string Service, byte[]? Ticket)? Find(WorkingHall working, string code) =>
        working.Connection.QuerySingleOrDefault<(long, string, byte[]?)?>(
            "SELECT at, service, ticket FROM appointment WHERE code = @code", new { code }, working.Transaction);

    private static Decision Refused(string vietnamese, string english) => Decision.Refused(Refusal.NotNow(vietnamese, english));
}
