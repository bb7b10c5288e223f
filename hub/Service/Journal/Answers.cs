using System.Data;
using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>What was answered, by who asked and the id: written in the transaction of what the command did.</summary>
internal sealed class Answers : IDisposable
{
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _keep;

    public Answers(SqliteConnection connection)
    {
        _find = connection.CreateCommand();
        _find.CommandText = "SELECT request, status, body FROM answer WHERE principal = $principal AND id = $id";
        _find.Parameters.Add("$principal", SqliteType.Text);
        _find.Parameters.Add("$id", SqliteType.Text);
        _keep = connection.CreateCommand();
        _keep.CommandText = "INSERT INTO answer(principal, id, request, status, body, at) VALUES ($principal, $id, $request, $status, $body, $at)";
        foreach (var (name, type) in new[]
        {
            ("$principal", SqliteType.Text), ("$id", SqliteType.Text), ("$request", SqliteType.Blob),
            ("$status", SqliteType.Integer), ("$body", SqliteType.Blob), ("$at", SqliteType.Integer),
        })
        {
            _keep.Parameters.Add(name, type);
        }
    }

    /// <summary>What was answered before, or null; another request under the same id is refused.</summary>
    public Told? Find(SqliteTransaction transaction, RepeatKey key)
    {
        _find.Transaction = transaction;
        _find.Parameters[0].Value = key.Principal;
        _find.Parameters[1].Value = key.Id;
        using var reader = _find.ExecuteReader(CommandBehavior.SingleRow);
        if (!reader.Read())
        {
            return null;
        }

        var request = reader.IsDBNull(0) ? null : (byte[])reader.GetValue(0);
        return request is not null && key.Request is not null && !request.AsSpan().SequenceEqual(key.Request)
            ? Problem.Tell(KeyReused)
            : new Told(reader.GetInt32(1), (byte[])reader.GetValue(2));
    }

    public void Keep(SqliteTransaction transaction, RepeatKey key, Told told, DateTimeOffset at)
    {
        _keep.Transaction = transaction;
        var parameters = _keep.Parameters;
        parameters[0].Value = key.Principal;
        parameters[1].Value = key.Id;
        parameters[2].Value = (object?)key.Request ?? DBNull.Value;
        parameters[3].Value = told.Status;
        parameters[4].Value = told.Body;
        parameters[5].Value = at.ToUnixTimeMilliseconds();
        _keep.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _find.Dispose();
        _keep.Dispose();
    }

    private static readonly Refusal KeyReused = new("key-reused",
        "Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy dùng khóa mới.",
        "This Idempotency-Key was used for another request. Use a new one.");
}
