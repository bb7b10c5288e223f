using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Journal;

/// <summary>Once a day, forgets what need not be kept: old answers, ended sessions, past appointments, which phone held which ticket, remarks whose time is over. The journal stays.</summary>
internal static class Housekeeping
{
    private static readonly TimeSpan AnswersKept = TimeSpan.FromDays(40);

    // Long enough that who comes on the wrong day is told so.
    private static readonly TimeSpan AppointmentsKept = TimeSpan.FromDays(31);

    public static void Forget(SqliteConnection connection, SqliteTransaction transaction, DateTimeOffset now, DateOnly today) =>
        connection.Execute(
            """
            DELETE FROM answer WHERE at < @answersFrom;
            DELETE FROM session WHERE day < @day;
            DELETE FROM appointment WHERE at < @appointmentsFrom;
            DELETE FROM phone_ticket WHERE day < @day;
            DELETE FROM remark WHERE erase_after < @now;
            """,
            new
            {
                answersFrom = (now - AnswersKept).ToUnixTimeMilliseconds(),
                appointmentsFrom = (now - AppointmentsKept).ToUnixTimeMilliseconds(),
                now = now.ToUnixTimeMilliseconds(),
                day = DayNumber.Of(today),
            },
            transaction);
}
