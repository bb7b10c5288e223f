using System.Data;
using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>The results that repeats get, each written in the transaction of what its command did.</summary>
internal sealed class StoredResults(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _findReport = Prepare(connection, "SELECT device, body FROM report_result WHERE id = $p0");
    private readonly SqliteCommand _findRequest = Prepare(connection, "SELECT digest, status, body FROM request_result WHERE caller = $p0 AND key = $p1");
    private readonly SqliteCommand _keepReport = Prepare(connection, "INSERT INTO report_result(id, device, body, at) VALUES ($p0, $p1, $p2, $p3)");
    private readonly SqliteCommand _keepRequest = Prepare(
        connection, "INSERT INTO request_result(caller, key, digest, status, body, at) VALUES ($p0, $p1, $p2, $p3, $p4, $p5)");

    /// <summary>The id or key was used for something else.</summary>
    public static Refusal KeyReused { get; } = new("key-reused",
        "Mã này đã dùng cho một yêu cầu khác. Hãy dùng mã mới.", "This id or Idempotency-Key was used for another request. Use a new one.");

    /// <summary>The result of the first; a refusal where the key was used for something else; null where it is new.</summary>
    public Result<EncodedResult>? Find(SqliteTransaction transaction, RepeatKey key)
    {
        var find = key is ReportKey ? _findReport : _findRequest;
        find.Transaction = transaction;
        if (key is ReportKey { Report: var report })
        {
            find.Parameters[0].Value = report.ToByteArray(bigEndian: true);
        }
        else if (key is RequestKey request)
        {
            (find.Parameters[0].Value, find.Parameters[1].Value) = (request.Caller, request.Key);
        }

        using var row = find.ExecuteReader(CommandBehavior.SingleRow);
        return !row.Read() ? null : key switch
        {
            ReportKey { Device: var device } => row.GetString(0) == device ? new EncodedResult(0, (byte[])row.GetValue(1)) : KeyReused,
            RequestKey { Digest: var digest } => digest.AsSpan().SequenceEqual((byte[])row.GetValue(0))
                ? new EncodedResult(row.GetInt32(1), (byte[])row.GetValue(2))
                : KeyReused,
            _ => throw new ArgumentException("There is no such key.", nameof(key)),
        };
    }

    public void Keep(SqliteTransaction transaction, RepeatKey key, EncodedResult result, DateTimeOffset at)
    {
        var (keep, values) = key switch
        {
            ReportKey report => (_keepReport, new object[] { report.Report.ToByteArray(bigEndian: true), report.Device, result.Body, at.ToUnixTimeMilliseconds() }),
            RequestKey request => (_keepRequest, [request.Caller, request.Key, request.Digest, result.Status, result.Body, at.ToUnixTimeMilliseconds()]),
            _ => throw new ArgumentException("There is no such key.", nameof(key)),
        };
        keep.Transaction = transaction;
        for (var index = 0; index < values.Length; index++)
        {
            keep.Parameters[index].Value = values[index];
        }

        keep.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in new[] { _findReport, _findRequest, _keepReport, _keepRequest })
        {
            command.Dispose();
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; sql.Contains($"$p{index}", StringComparison.Ordinal); index++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{index}" });
        }

        return command;
    }
}
