using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>One thing that somebody asks of the hub, decided by the journal's writer.</summary>
internal abstract record JournalCommand
{
    /// <summary>Decides against the working hall; what it writes itself is part of the same transaction.</summary>
    public abstract Decision Decide(WorkingHall working);

    /// <summary>What the one who asked is told, rendered from the hall after it and kept for a repeat.</summary>
    public abstract Told Tell(Reply reply, WorkingHall working);
}

/// <summary>The hall as a command finds it, inside the writer's transaction.</summary>
internal sealed class WorkingHall(SqliteConnection connection, SqliteTransaction transaction, PreparedStatements statements, Renderer renderer)
{
    public required HallState Hall { get; set; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>The newest journal sequence.</summary>
    public required long Sequence { get; set; }

    public SqliteConnection Connection => connection;
    public SqliteTransaction Transaction => transaction;
    public Renderer Renderer => renderer;

    /// <summary>Writes a row of the command's own; parameters are $p0, $p1 and so on.</summary>
    public void Run(string sql, params ReadOnlySpan<object?> values) => statements.Run(transaction, sql, values);
}

/// <summary>What somebody was told: a status of HTTP and a body; MQTT answers are made of the same.</summary>
internal sealed record Told(int Status, byte[] Body)
{
    public bool IsRefusal => Status >= StatusCodes.Status400BadRequest;
}

/// <summary>Who asks, and by what id a repeat is known.</summary>
/// <param name="Principal">The device, or the person and the way in.</param>
/// <param name="Id">A report's id, or a path with its Idempotency-Key.</param>
/// <param name="Request">A digest of the request where a different one under the same id is refused, or null.</param>
internal sealed record RepeatKey(string Principal, string Id, byte[]? Request);

/// <summary>Thrown where the hub can't commit: nobody is told anything but to try again.</summary>
internal sealed class NotCommittedException(Exception inner) : Exception("The journal could not be written.", inner);
