using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Journal;

/// <summary>
/// Once a day, forgets what need not be kept: old results, ended sessions, past appointments, which phone held which ticket, remarks whose time is
/// over, old entries of the security log. The journal stays.
/// </summary>
internal static class Housekeeping
{
    private static readonly TimeSpan ResultsKept = TimeSpan.FromDays(40);

    // Long enough that who comes on the wrong day is told so.
    private static readonly TimeSpan AppointmentsKept = TimeSpan.FromDays(31);

    /// <summary>How long the texts of the security log are kept.</summary>
    public static TimeSpan SecurityKept { get; } = TimeSpan.FromDays(366);

    public static void Forget(SqliteConnection connection, SqliteTransaction transaction, DateTimeOffset now, DateOnly today) =>
        connection.Execute(
            """
            DELETE FROM report_result WHERE at < @resultsFrom;
            DELETE FROM request_result WHERE at < @resultsFrom;
            DELETE FROM withdrawn WHERE at < @resultsFrom;
            DELETE FROM session WHERE day < @day;
            DELETE FROM appointment WHERE at < @appointmentsFrom;
            DELETE FROM phone_ticket WHERE day < @day;
            DELETE FROM remark WHERE erase_after < @now;
            DELETE FROM audit WHERE at < @securityFrom AND part LIKE 'security.%';
            """,
            new
            {
                resultsFrom = (now - ResultsKept).ToUnixTimeMilliseconds(),
                appointmentsFrom = (now - AppointmentsKept).ToUnixTimeMilliseconds(),
                securityFrom = (now - SecurityKept).ToUnixTimeMilliseconds(),
                now = now.ToUnixTimeMilliseconds(),
                day = DayNumber.Of(today),
            },
            transaction);
}
