using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Record;

/// <summary>A day that is over, and the code of its closing hash that is printed on paper: <c>hub verify --against</c> compares it.</summary>
/// <param name="Code">The first 32 digits of the hash, in groups of four.</param>
public sealed record SealedDay(DateOnly Day, string Code)
{
    private const int Groups = 8;
    private const int Digits = 4;

    /// <summary>The newest one up to a day; null where there is none. A closing is the row before the next day's opening, or before those that were withdrawn.</summary>
    internal static SealedDay? Read(SqliteConnection connection, DateOnly to) =>
        connection.QuerySingleOrDefault<string?>(
            """
            SELECT body FROM journal WHERE kind = 'day.closed' AND body ->> 'day' <= @text AND sequence < coalesce(
              (SELECT first_sequence FROM day WHERE day > @to ORDER BY day LIMIT 1), (SELECT first_sequence FROM day ORDER BY day DESC LIMIT 1))
            ORDER BY sequence DESC LIMIT 1
            """,
            new { to = DayNumber.Of(to), text = to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }) is { } body
            ? Of((DayClosed)EventBodies.Read("day.closed", default, body))
            : null;

    private static SealedDay Of(DayClosed closed) =>
        new(closed.Day, string.Join('-', Enumerable.Range(0, Groups).Select(group => closed.Chain.Substring(group * Digits, Digits))));
}
