using Microsoft.Data.Sqlite;

namespace Reception.Device.Reporting;

/// <summary>A SQLite file of a device: one connection, one use at a time, and every write on the disk when it returns.</summary>
public sealed class DeviceDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();

    /// <summary>Opens the file, or makes it with its tables.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Statements that make what is missing.</param>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    public DeviceDatabase(string path, string schema)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute(schema);
    }

    /// <summary>Does the work in one transaction, all of it or nothing.</summary>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public T Transact<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (_one)
        {
            using var transaction = _connection.BeginTransaction();
            var result = work();
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Runs a statement; gives the number of rows that it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        lock (_one)
        {
            using var command = Command(sql, values);
            return command.ExecuteNonQuery();
        }
    }

    /// <summary>The first row of a query as <paramref name="read"/> takes it, or null where there is none.</summary>
    public T? Find<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_one)
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : default;
        }
    }

    /// <summary>Every row of a query.</summary>
    public IReadOnlyList<T> Select<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_one)
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
