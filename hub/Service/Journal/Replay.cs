using System.Runtime.ExceptionServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>Reads the newest business day out of the journal: a restart needs no more.</summary>
internal static class Replay
{
    /// <summary>The hall as the newest day left it, or null for an empty journal. The events' bodies are read beside each other: they are most of the work.</summary>
    public static HallState? NewestDay(SqliteConnection connection)
    {
        if (connection.QuerySingleOrDefault<long?>("SELECT first_sequence FROM day ORDER BY day DESC LIMIT 1") is not { } first)
        {
            return null;
        }

        try
        {
            return Apply(Rows(connection, null, first).AsParallel().AsOrdered().Select(Read)).LastOrDefault();
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
            throw;
        }
    }

    /// <summary>The hall after each event from a row on, which opens a day.</summary>
    public static IEnumerable<HallState> From(SqliteConnection connection, SqliteTransaction? transaction, long first) =>
        Apply(Rows(connection, transaction, first).Select(Read));

    private static IEnumerable<HallState> Apply(IEnumerable<HallEvent> events)
    {
        HallState? hall = null;
        foreach (var happened in events)
        {
            hall = HallState.BegunBy(happened) ?? hall!.Apply(happened);
            yield return hall;
        }
    }

    private static IEnumerable<Row> Rows(SqliteConnection connection, SqliteTransaction? transaction, long first)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT kind, at, body FROM journal WHERE sequence >= $first ORDER BY sequence";
        command.Parameters.AddWithValue("$first", first);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new Row(reader.GetString(0), reader.GetInt64(1), reader.GetString(2));
        }
    }

    private static HallEvent Read(Row row) => EventBodies.Read(row.Kind, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Body);

    private readonly record struct Row(string Kind, long At, string Body);
}
