using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Configuration;

/// <summary>
/// Who changed what or did what that matters for security, and when. An entry is an event of the journal, which has a digest of the texts that
/// are kept here.
/// </summary>
internal static class AuditLog
{
    /// <summary>Adds an entry in the transaction of the change.</summary>
    /// <param name="transaction">The transaction of what the entry is about.</param>
    /// <param name="officer">The administrator's code; null for a command on the hub's own machine.</param>
    /// <param name="change">What changed.</param>
    public static void Add(HallTransaction transaction, string? officer, SetupChange change)
    {
        transaction.Append(new AuditEntryAdded(transaction.Now, officer, change.Part, Digest(change)));
        transaction.Run(
            "INSERT INTO audit(sequence, at, officer, part, old, new) VALUES ($p0, $p1, $p2, $p3, $p4, $p5)",
            transaction.Sequence, transaction.Now.ToUnixTimeMilliseconds(), officer, change.Part, change.Old, change.New);
    }

    /// <summary>The newest changes of the configuration, newest first, of before one of them.</summary>
    public static IReadOnlyList<AuditEntry> Read(SqliteConnection connection, int most, long? before = null) =>
        [.. connection.Query<(long Sequence, long At, string? Officer, string Part, string? Old, string? New)>(
                "SELECT sequence, at, officer, part, old, new FROM audit WHERE sequence < @before AND part NOT LIKE 'security.%' ORDER BY sequence DESC LIMIT @most",
                new { before = before ?? long.MaxValue, most })
            .Select(row => new AuditEntry(row.Sequence, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Officer, new SetupChange(row.Part, row.Old, row.New)))];

    /// <summary>SHA-256 in hex over both values as a JSON array.</summary>
    public static string Digest(SetupChange change) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new[] { change.Old, change.New })));
}

/// <summary>An entry of the audit log.</summary>
/// <param name="Officer">The administrator's code; null for a command on the hub's own machine.</param>
internal sealed record AuditEntry(long Sequence, DateTimeOffset At, string? Officer, SetupChange Change);
