using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Tickets;

/// <summary>A booked citizen is here: the code gives the number. The service may be left to the appointment.</summary>
internal sealed record CheckIn(TakeNumber Take, string Code, string? Service) : JournalCommand<TicketResult>
{
    public static Refusal UnknownAppointment { get; } = new("unknown-appointment",
        "Không có lịch hẹn với mã này. Xin xem lại mã, hoặc lấy số thường.", "There is no appointment with this code. Check the code, or take a normal number.");

    /// <summary>A code as people type it: spaces and hyphens between its digits are ignored.</summary>
    public static string CodeOf(string typed) => string.Concat(typed.Where(character => !char.IsWhiteSpace(character) && character != '-'));

    /// <summary>The ticket that was taken with a code and not cancelled since, or null.</summary>
    public static Ticket? UsedFor(HallTransaction transaction, string code) =>
        Find(transaction, code) is { Ticket: { } id } && transaction.Hall.Tickets.TryGetValue(new Guid(id, bigEndian: true), out var ticket)
        && ticket.State != TicketState.Cancelled
            ? ticket
            : null;

    public override Result<TicketResult> Execute(HallTransaction transaction)
    {
        if (Find(transaction, Code) is not { } row)
        {
            return UnknownAppointment;
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(row.At);
        var day = transaction.Hall.Setup.DayOf(at);
        if (day != transaction.Hall.Day)
        {
            return Refusal.NotNow($"Lịch hẹn này là ngày {day:dd'/'MM'/'yyyy}, không phải hôm nay.", $"This appointment is for {day:dd'/'MM'/'yyyy}, not for today.");
        }

        if (Service is not null && Service != row.Service)
        {
            var service = transaction.Setup.Service(row.Service);
            return Refusal.NotNow(
                $"Lịch hẹn này là của lĩnh vực {service?.Name ?? row.Service}.", $"This appointment is for {service?.English ?? service?.Name ?? row.Service}.");
        }

        if (UsedFor(transaction, Code) is { } used)
        {
            return Refusal.NotNow($"Mã hẹn này đã dùng để lấy số {used.Number}.", $"Number {used.Number} was taken with this code.");
        }

        // The booked service may stand among the further errands of whoever left it to the appointment.
        var take = Take with
        {
            Issue = Take.Issue with { Service = row.Service, Services = Take.Issue.Services.Remove(row.Service), Appointment = new Appointment(Code, at) },
        };
        var taken = take.Execute(transaction);
        if (taken.Refusal is null)
        {
            transaction.Run("UPDATE appointment SET ticket = $p0 WHERE code = $p1", Take.Issue.Ticket.ToByteArray(bigEndian: true), Code);
        }

        return taken;
    }

    /// <summary>The appointment of a code as it is kept, or null.</summary>
    internal static (long At, string Service, byte[]? Ticket)? Find(HallTransaction transaction, string code) =>
        transaction.Connection.QuerySingleOrDefault<(long, string, byte[]?)?>(
            "SELECT at, service, ticket FROM appointment WHERE code = @code", new { code }, transaction.Transaction);
}
