using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Appointments;

/// <summary>Booked times from today on, day by day.</summary>
/// <param name="More">How many follow that are not shown.</param>
public sealed record AppointmentsView(IReadOnlyList<AppointmentsView.Day> Days, int More)
{
    private const int Most = 400;

    public sealed record Day(DateOnly Date, IReadOnlyList<Booked> Booked);

    /// <param name="Came">Whether somebody checked in with it.</param>
    /// <param name="Number">The number that was taken with it today, or null.</param>
    /// <param name="CanGo">Whether it is to come and unused, so that it may be taken out.</param>
    public sealed record Booked(DateTimeOffset At, string Service, string Code, bool Came, string? Number, bool CanGo);

    internal static AppointmentsView Read(HubDatabase database, HallState hall, HallSetup setup, DateTimeOffset now)
    {
        using var reader = database.OpenReader();
        var midnight = hall.Day.ToDateTime(TimeOnly.MinValue);
        var from = new DateTimeOffset(midnight, setup.Zone.GetUtcOffset(midnight)).ToUnixTimeMilliseconds();
        var rows = reader.Query<(string Code, long At, string Service, byte[]? Ticket)>(
            "SELECT code, at, service, ticket FROM appointment WHERE at >= @from ORDER BY at, code LIMIT @Most", new { from, Most }).ToList();
        var all = reader.ExecuteScalar<int>("SELECT count(*) FROM appointment WHERE at >= @from", new { from });
        var booked = rows.Select(row =>
        {
            var ticket = row.Ticket is { } id ? hall.Tickets.GetValueOrDefault(new Guid(id, bigEndian: true)) : null;
            var at = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(row.At), setup.Zone);
            var came = row.Ticket is not null && ticket?.State != TicketState.Cancelled;
            return new Booked(at, row.Service, row.Code, came, ticket?.Number, !came && at >= now);
        });
        return new AppointmentsView(
            [.. booked.GroupBy(one => DateOnly.FromDateTime(one.At.DateTime)).Select(day => new Day(day.Key, [.. day]))], all - rows.Count);
    }
}
