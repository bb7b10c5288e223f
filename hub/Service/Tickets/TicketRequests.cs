using Reception.Hall;
using Reception.Hub.Appointments;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Tickets;

/// <summary>Reads a request for a number, as kiosks send it over MQTT and programs over HTTP.</summary>
internal static class TicketRequests
{
    private const int MostErrands = 10;

    /// <summary>The command, or null where a field is missing or wrong. An appointment knows its service; its lane is normal where none is given.</summary>
    /// <param name="data">The request's fields.</param>
    /// <param name="device">Which device asks.</param>
    /// <param name="report">The id of the report that asks; null over HTTP.</param>
    /// <param name="now">For the ticket's id.</param>
    /// <param name="links">Where the ticket's link is kept.</param>
    public static JournalCommand<TicketResult>? Read(JsonFields data, string device, Guid? report, DateTimeOffset now, TicketLinks links)
    {
        var appointment = data.OptionalText("appointment");
        var service = appointment is null ? data.Text("service") : data.OptionalText("service");
        var lane = appointment is null ? data.Code("lane", Codes.Lane) : data.OptionalCode("lane", Codes.Lane) ?? Lane.Normal;
        var services = Further(data, service);
        data.OptionalText("language", language => language is "vi" or "en");
        if (data.IsWrong)
        {
            return null;
        }

        var issue = new IssueTicket(Guid.CreateVersion7(now), service ?? "", lane!.Value) { Services = [.. services], Issuer = device };
        var take = new TakeNumber(issue, report, Secrets.LinkCode(), links);
        return appointment is null ? take : new CheckIn(take, CheckIn.CodeOf(appointment), service);
    }

    /// <summary>The errands after the first, in order: each another than those before it.</summary>
    public static IReadOnlyList<string> Further(JsonFields data, string? service)
    {
        var services = data.OptionalTexts("services", MostErrands);
        data.Demand("services", services.Prepend(service).Distinct().Count() == services.Count + 1);
        return services;
    }
}
