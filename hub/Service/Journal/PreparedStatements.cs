using Microsoft.Data.Sqlite;

namespace Reception.Hub.Journal;

/// <summary>The writer's statements, each prepared once; parameters are $p0, $p1 and so on.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public int Run(SqliteTransaction transaction, string sql, params ReadOnlySpan<object?> values) => Prepare(transaction, sql, values).ExecuteNonQuery();

    /// <summary>The rows of a query; they are disposed of before its next run.</summary>
    public SqliteDataReader Read(SqliteTransaction transaction, string sql, params ReadOnlySpan<object?> values) => Prepare(transaction, sql, values).ExecuteReader();

    private SqliteCommand Prepare(SqliteTransaction transaction, string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var index = 0; index < values.Length; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{index}" });
            }

            _prepared.Add(sql, command);
        }

        command.Transaction = transaction;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        return command;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
    }
}
