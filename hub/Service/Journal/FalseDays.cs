using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>
/// The newest business days, where the machine's clock shows an earlier one: opened by a clock that was ahead, they can be withdrawn. The journal
/// must have something from before them, and the clock must not be behind that; more than two days no start of a hub explains.
/// </summary>
/// <param name="Back">The day that the clock shows.</param>
/// <param name="First">The first of the days to withdraw.</param>
/// <param name="From">From where the journal is read for the numbers that were given on these days.</param>
internal sealed record FalseDays(DateOnly Back, DateOnly First, long From)
{
    private const int Most = 2;

    /// <summary>Those after a day that the machine's clock shows; null where none can be withdrawn.</summary>
    public static FalseDays? Of(SqliteConnection connection, SqliteTransaction? transaction, DateOnly back, DateTimeOffset machine)
    {
        var later = connection.Query<(long Day, long First)>(
            "SELECT day, first_sequence FROM day WHERE day > @back ORDER BY day LIMIT @most",
            new { back = DayNumber.Of(back), most = Most + 1 },
            transaction).AsList();
        if (later.Count is 0 or > Most)
        {
            return null;
        }

        // What the opening itself ended has its time.
        var newest = connection.ExecuteScalar<long?>(
            "SELECT at FROM journal WHERE sequence < @First AND at < (SELECT at FROM journal WHERE sequence = @First) ORDER BY sequence DESC LIMIT 1",
            new { later[0].First },
            transaction);
        var from = connection.ExecuteScalar<long>("SELECT first_sequence FROM day WHERE day >= @back ORDER BY day LIMIT 1", new { back = DayNumber.Of(back) }, transaction);
        return newest is { } before && before <= machine.ToUnixTimeMilliseconds()
            ? new FalseDays(back, DayNumber.ToDay((int)later[0].Day), from)
            : null;
    }

    /// <summary>The most numbers that each service has issued on one of these days or on that which the clock shows.</summary>
    public ImmutableSortedDictionary<string, int> Issued(SqliteConnection connection, SqliteTransaction transaction)
    {
        var issued = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var service in Replay.From(connection, transaction, From).SelectMany(hall => hall.Services.Values))
        {
            issued[service.Setup.Code] = Math.Max(service.Issued, issued.GetValueOrDefault(service.Setup.Code));
        }

        return issued.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
