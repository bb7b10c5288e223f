using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>Reads the newest business day out of the journal: a restart needs no more.</summary>
internal static class Replay
{
    /// <summary>The hall as the newest day left it, or null for an empty journal.</summary>
    public static HallState? NewestDay(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT kind, at, body FROM journal
            WHERE sequence >= (SELECT first_sequence FROM day ORDER BY day DESC LIMIT 1) ORDER BY sequence
            """;
        using var reader = command.ExecuteReader();
        HallState? hall = null;
        while (reader.Read())
        {
            var happened = EventBodies.Read(reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2));
            hall = happened is DayOpened opened ? HallState.Open(opened.Day, opened.Setup) : hall!.Apply(happened);
        }

        return hall;
    }
}
