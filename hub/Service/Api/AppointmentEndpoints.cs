using System.Text.Json;
using Reception.Hub.Appointments;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Tickets;

namespace Reception.Hub.Api;

/// <summary>Booked times from another system.</summary>
internal static class AppointmentEndpoints
{
    public static void MapAppointments(this RouteGroupBuilder api)
    {
        var appointments = api.MapGroup("/appointments").WithTags("Appointments");
        appointments.MapPost("", KeepAsync)
            .Describe("addAppointments", "Adds booked times, or moves known ones.", """
                For administrators. Each element is taken or refused for itself: `refused` has its place from 1, its code and the reason in
                Vietnamese and English. `at` is an RFC 3339 time, or a local time of the hall without offset: within the opening hours,
                and not further past than one may come late;
                `service` the code of a service that gives out numbers; `code` 4 to 12 digits, unique over all days. A known code that is not used
                yet moves its appointment. At most 500 elements and 64 KiB a call. A citizen checks in
                with `appointment` in `ticket.request` or `POST /api/v1/tickets`, where `service` and `lane` may then be left out: 404
                `unknown-appointment`; 409 `not-allowed-now` where it is of another day or service, or used; the ticket has `appointment`, the booked
                time, unless its citizen came too late for it. The audit log keeps who gave a list, when, and how many were taken
                and refused.
                """)
            .Takes(Examples.Appointments).Gives(Examples.TakenAppointments).Commands(KnownBy.Session);
        appointments.MapDelete("/{code}", RemoveAsync)
            .Describe("removeAppointment", "Removes a booked time.", """
                For administrators. 404 `unknown-appointment`. 409 `not-allowed-now`: a number was taken with it, or its time is past. The
                audit log keeps who did it, when, and what the appointment was.
                """)
            .Asks<string>("code", "The appointment's code; spaces and hyphens are ignored.", "240815")
            .Commands(KnownBy.Session, "unknown-appointment", "not-allowed-now").GivesNothing("The booked time is removed.");
    }

    private static Task<IResult> KeepAsync(HttpContext context, SetupBook book) =>
        ApiRequest.RunAsync<AppointmentsDocument>(
            context,
            Access.Administers,
            (request, fields) => fields.OptionalObjects("appointments", AppointmentsBody.Most) is { Count: > 0 } listed && Lines(listed, book.Current.Zone) is { } lines
                ? new KeepAppointments(lines, request.Caller.Person!.Code)
                : Refusals.WrongField("appointments"),
            document => Encoders.Document(document));

    private static Task<IResult> RemoveAsync(HttpContext context, string code) =>
        ApiRequest.RunAsync<Done>(
            context, Access.Administers, (request, _) => new RemoveAppointment(CheckIn.CodeOf(code), request.Caller.Person!.Code), Encoders.NoContent);

    /// <summary>The lines; null where a field is missing or no text, which a program's author has to mend.</summary>
    private static List<AppointmentLine>? Lines(IReadOnlyList<JsonElement> listed, TimeZoneInfo zone)
    {
        var lines = new List<AppointmentLine>();
        foreach (var element in listed)
        {
            var fields = new JsonFields(element);
            var (at, service, code) = (fields.Text("at"), fields.Text("service"), fields.Text("code"));
            if (fields.IsWrong)
            {
                return null;
            }

            lines.Add(new AppointmentLine(lines.Count + 1, AppointmentsCsv.Time(at!, zone), service!, CheckIn.CodeOf(code!)));
        }

        return lines;
    }
}
