using Reception.Hall;
using Reception.Hub.Devices;
using Reception.Hub.Site;
using HallTicket = Reception.Hall.Ticket;

namespace Reception.Hub.Screens.Leader.Papers;

/// <summary>Tickets of today whose slip a leader may have printed again.</summary>
/// <param name="Lacking">How many wait without a paper.</param>
/// <param name="Number">The number that was asked for, or null.</param>
/// <param name="Address">Where the part is fetched again.</param>
public sealed record PapersView(IReadOnlyList<PaperLine> Lines, int Lacking, string? Number, string Address)
{
    public const int LongestNumber = 8;
    private const int Newest = 12;
    private const int MostOnDashboard = 4;

    /// <summary>Who waits without a paper, the longest wait first: what the dashboard shows.</summary>
    internal static PapersView OfDashboard(HallState hall, HallSetup setup, CopyPrinters printers)
    {
        var lacking = WithoutPaper(hall).ToList();
        return new PapersView([.. lacking.Take(MostOnDashboard).Select(ticket => PaperLine.Of(ticket, setup, printers))], lacking.Count, null, "/dashboard/papers");
    }

    /// <summary>Those, and the newest of the day; or the one number that was asked for.</summary>
    internal static PapersView OfPage(HallState hall, HallSetup setup, CopyPrinters printers, string? number)
    {
        var asked = number is { Length: > 0 and <= LongestNumber } ? number : null;
        var tickets = asked is not null
            ? hall.Tickets.Values.Where(ticket => ticket.Number.Equals(asked.Trim(), StringComparison.OrdinalIgnoreCase))
            : WithoutPaper(hall)
                .Concat(hall.Tickets.Values.Where(ticket => ticket.State != TicketState.Cancelled).OrderByDescending(ticket => ticket.IssuedAt).Take(Newest))
                .DistinctBy(ticket => ticket.Id);
        return new PapersView(
            [.. tickets.Select(ticket => PaperLine.Of(ticket, setup, printers))],
            WithoutPaper(hall).Count(),
            asked,
            asked is null ? "/papers/list" : $"/papers/list?number={Uri.EscapeDataString(asked)}");
    }

    private static IEnumerable<HallTicket> WithoutPaper(HallState hall) =>
        hall.Tickets.Values.Where(ticket => ticket is { LacksPaper: true, State: TicketState.Waiting or TicketState.Held }).OrderBy(ticket => ticket.IssuedAt);
}

/// <summary>One of them.</summary>
/// <param name="Paper">What came of its paper, as the wire says it.</param>
/// <param name="At">The device that would print a copy now; null where no printer can.</param>
public sealed record PaperLine(Guid Id, string Number, string Service, string Paper, bool LacksPaper, DateTimeOffset IssuedAt, string? At)
{
    internal static PaperLine Of(HallTicket ticket, HallSetup setup, CopyPrinters printers) => new(
        ticket.Id, ticket.Number, ticket.Service, ticket.Printed.Code(), ticket.LacksPaper, TimeZoneInfo.ConvertTime(ticket.IssuedAt, setup.Zone), printers.For(ticket.Issuer));
}
