using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Reception.Load;

/// <summary>What the disk and SQLite do by themselves: the same durability, nothing of the product.</summary>
internal static class DiskYardstick
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(3);

    public static void Measure(LoadHall hall, Table table)
    {
        table.Add("raw SQLite, a row a commit", Commit(hall, 1));
        table.Add("raw SQLite, 16 rows a commit", Commit(hall, 16));
    }

    private static string Commit(LoadHall hall, int rows)
    {
        var file = Path.Combine(hall.Folder, $"yardstick-{rows}.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row(id INTEGER PRIMARY KEY, body TEXT, chain BLOB) STRICT");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO row(body, chain) VALUES ($body, $chain)";
        insert.Parameters.AddWithValue("$body", new string('x', 150));
        insert.Parameters.AddWithValue("$chain", new byte[32]);
        var latencies = new Latencies();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Long)
        {
            var begun = Stopwatch.GetTimestamp();
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var row = 0; row < rows; row++)
            {
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            latencies.Add(begun);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return $"{latencies.Count / seconds:N0} commits/s, {latencies.Count * rows / seconds:N0} rows/s  {latencies}";
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
