using Microsoft.Data.Sqlite;

namespace Reception.Hub.Journal;

/// <summary>The journal's database file: one process writes it, everyone else opens it read-only.</summary>
internal sealed class JournalFile(string folder)
{
    private string Path { get; } = System.IO.Path.Combine(folder, "journal.db");

    /// <summary>Whether a folder holds a journal.</summary>
    public static bool IsIn(string folder) => File.Exists(new JournalFile(folder).Path);

    /// <summary>Opens the one writing connection and lays out the tables.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        Execute(connection, """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA foreign_keys = ON;
            PRAGMA cache_size = -16000;
            """);
        Execute(connection, Schema());
        return connection;
    }

    /// <summary>A connection that only reads; pooled, so it is cheap.</summary>
    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = mode == SqliteOpenMode.ReadOnly,
            DefaultTimeout = 5,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Schema()
    {
        using var stream = typeof(JournalFile).Assembly.GetManifestResourceStream("Schema.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
