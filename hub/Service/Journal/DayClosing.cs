using System.Collections.Immutable;
using Dapper;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>The last event of a business day: its chain hash, sealed, and what the day came to.</summary>
internal static class DayClosing
{
    /// <summary>The closing of the day that the hall has, after its last ticket and duty have ended.</summary>
    public static DayClosed Of(HallTransaction transaction, byte[] chain, JournalKey key)
    {
        var (day, tickets) = (transaction.Hall.Day, transaction.Hall.Tickets.Values);
        return new DayClosed(
            transaction.Now,
            day,
            transaction.Sequence,
            Convert.ToHexStringLower(chain),
            key.Seal(day, transaction.Sequence, chain),
            new DayTickets(
                tickets.Count(), Count(TicketState.Served), Count(TicketState.NoShow), Count(TicketState.Cancelled), Count(TicketState.Expired)),
            Officers(transaction, day));

        int Count(TicketState state) => tickets.Count(ticket => ticket.State == state);
    }

    private static ImmutableArray<OfficerDay> Officers(HallTransaction transaction, DateOnly day) =>
    [
        .. transaction.Connection.Query<(string Officer, long Served, long L1, long L2, long L3, long L4, long L5, long Wait, long Service, long Unattributed)>(
                """
                SELECT officer, served, level1, level2, level3, level4, level5, wait_seconds, service_seconds, unattributed
                FROM officer_day WHERE day = @day ORDER BY officer
                """,
                new { day = DayNumber.Of(day) },
                transaction.Transaction)
            .Select(row => new OfficerDay(
                row.Officer, (int)row.Served, [(int)row.L1, (int)row.L2, (int)row.L3, (int)row.L4, (int)row.L5], row.Wait, row.Service, (int)row.Unattributed)),
    ];
}
