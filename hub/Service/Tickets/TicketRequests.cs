using Reception.Hall;

namespace Reception.Hub.Tickets;

/// <summary>Reads a request for a number, as kiosks send it over MQTT and programs over HTTP.</summary>
internal static class TicketRequests
{
    private const int MostErrands = 10;

    /// <summary>The command, or null where a field is missing or wrong.</summary>
    public static IssueTicket? Read(JsonFields data, string device, DateTimeOffset now)
    {
        var service = data.Text("service");
        var lane = data.Code("lane", Codes.Lane);
        var services = data.OptionalTexts("services", MostErrands);
        data.OptionalText("language", language => language is "vi" or "en");
        data.OptionalText("appointment");
        return data.IsWrong
            ? null
            : new IssueTicket(Guid.CreateVersion7(now), service!, lane!.Value) { Services = [.. services], Issuer = device };
    }
}
