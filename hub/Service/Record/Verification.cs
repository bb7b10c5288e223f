using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Security;
using Reception.Hub.Site;

namespace Reception.Hub.Record;

/// <summary>
/// Proves the record: the journal's chain, the seals of its days, the high-water mark, the audit log's texts, and the read tables against what
/// the journal gives.
/// </summary>
internal sealed class Verification
{
    // Of one kind, more than these are counted and not shown.
    private const int MostShown = 20;

    private readonly Rebuilt _rebuilt;
    private readonly JournalKey? _key;
    private readonly HighWaterMark? _mark;
    private readonly long _from;
    private readonly int _fromDay;
    private readonly List<Finding> _findings = [];
    private (long Sequence, byte[] Chain) _newest = (0, new byte[Chain.Length]);

    private Verification(Rebuilt rebuilt, JournalKey? key, HighWaterMark? mark, long from, int fromDay) =>
        (_rebuilt, _key, _mark, _from, _fromDay) = (rebuilt, key, mark, from, fromDay);

    private SqliteConnection Connection => _rebuilt.Connection;

    private SqliteTransaction Transaction => _rebuilt.Transaction;

    /// <summary>Verifies a hall's record.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="days">How many of the newest business days; null for all of them.</param>
    /// <param name="against">Hashes that somebody else has kept.</param>
    /// <param name="isAlone">Whether no hub runs there: the database is then left as a hub leaves it that has stopped.</param>
    public static VerificationResult Run(string folder, int? days = null, KeptHashes? against = null, bool isAlone = false)
    {
        // Before the journal: a running hub writes both.
        var mark = HighWaterMark.Read(folder);
        using var rebuilt = new Rebuilt(new HubDatabase(folder), isAlone);
        var (from, fromDay) = days is { } few ? First(rebuilt, few) : (1, 0);
        var verification = new Verification(rebuilt, JournalKey.Find(folder), mark, from, fromDay);
        if (days is null && !verification.IsFileWhole())
        {
            // What its rows hold can't be told.
            return new VerificationResult(0, verification._findings);
        }

        var rows = verification.CheckChain(against);
        verification.Try("the seals", () => verification.CheckSeals(against));
        verification.CheckMark();
        verification.Try("the audit log", verification.CheckAudit);
        verification.Try("the read tables", () =>
        {
            rebuilt.Project(from);
            ReadTable.All.AsList().ForEach(verification.Compare);
        });
        return new VerificationResult(rows, verification._findings);
    }

    private static (long From, int Day) First(Rebuilt rebuilt, int days)
    {
        var first = rebuilt.Connection.QuerySingleOrDefault<(long, long)?>(
            "SELECT first_sequence, day FROM live.day ORDER BY day DESC LIMIT 1 OFFSET @skip", new { skip = days - 1 }, rebuilt.Transaction);
        return first is { } known ? (known.Item1, (int)known.Item2) : (1, 0);
    }

    /// <summary>Every page of the file is as SQLite wrote it, also those of tables that are not proven otherwise.</summary>
    private bool IsFileWhole()
    {
        // The first answer begins with a line that names the database.
        var answers = Connection.Query<string>($"PRAGMA live.integrity_check({MostShown})", null, Transaction);
        foreach (var fault in answers.SelectMany(answer => answer.Split('\n')).Where(line => line != "ok" && !line.StartsWith("***", StringComparison.Ordinal)))
        {
            Find($"hub.db: {fault}");
        }

        return _findings.Count == 0;
    }

    /// <summary>Each row's hash covers the row before it and itself; sequences have no gap.</summary>
    private long CheckChain(KeptHashes? against)
    {
        using var command = Connection.CreateCommand();
        command.Transaction = Transaction;
        command.CommandText = "SELECT sequence, at, day, kind, body, chain FROM live.journal WHERE sequence >= $from - 1 ORDER BY sequence";
        command.Parameters.AddWithValue("$from", _from);
        using var rows = command.ExecuteReader();
        var (before, expected, count) = (new byte[Chain.Length], _from, 0L);
        while (rows.Read())
        {
            var sequence = rows.GetInt64(0);
            var chain = rows.GetFieldValue<byte[]>(5);
            if (sequence >= _from)
            {
                count++;
                if (sequence != expected)
                {
                    Find($"journal: row {expected}{(sequence - expected > 1 ? $" to {sequence - 1}" : "")} is missing");
                }

                var given = Chain.Next(before, sequence, rows.GetInt64(1), rows.GetInt32(2), rows.GetFieldValue<byte[]>(3), rows.GetFieldValue<byte[]>(4));
                if (!given.AsSpan().SequenceEqual(chain))
                {
                    Find($"journal: row {sequence} does not fit its hash; its content or the row before it was changed");
                }

                expected = sequence + 1;
            }

            if (against?.Of(sequence) is { } kept && !kept.AsSpan().SequenceEqual(chain.AsSpan(0, Math.Min(kept.Length, chain.Length))))
            {
                Find($"journal: row {sequence} has another hash than {against.Source}");
            }

            _newest = (sequence, chain);
            before = chain;
        }

        against?.Sequences.Where(sequence => sequence > _newest.Sequence).Take(MostShown).ToList()
            .ForEach(sequence => Find($"journal: row {sequence} is missing, which {against.Source} has"));
        return count;
    }

    /// <summary>Every day that is over is closed by a row that names its last hash and has a seal that fits.</summary>
    private void CheckSeals(KeptHashes? against)
    {
        // A day that the hall went back to is closed once more: the last closing is its own.
        var closed = new Dictionary<int, Hall.DayClosed>();
        foreach (var (sequence, body) in Connection.Query<(long, string)>(
            "SELECT sequence, body FROM live.journal WHERE kind = 'day.closed' AND sequence >= @_from ORDER BY sequence", new { _from }, Transaction))
        {
            var day = (Hall.DayClosed)EventBodies.Read("day.closed", default, body);
            closed[DayNumber.Of(day.Day)] = day;
            var chain = Connection.ExecuteScalar<byte[]?>("SELECT chain FROM live.journal WHERE sequence = @Last", new { day.Last }, Transaction);
            if (day.Last != sequence - 1 || chain is null || Convert.ToHexStringLower(chain) != day.Chain)
            {
                Find($"day {Text(day.Day)}: its closing (row {sequence}) does not name the row before it");
            }
            else if (_key is null)
            {
                Find($"day {Text(day.Day)}: its seal can't be checked, {JournalKey.Name} is missing");
            }
            else if (_key.Seal(day.Day, day.Last, chain) != day.Seal)
            {
                Find($"day {Text(day.Day)}: its seal does not fit; rows were changed and the chain computed again, or {JournalKey.Name} is another one");
            }
        }

        foreach (var day in closed.Values)
        {
            if (against?.Of(day.Day) is { } code && !day.Chain.StartsWith(code, StringComparison.Ordinal))
            {
                Find($"day {Text(day.Day)}: its closing hash is {day.Chain[..code.Length]}, and {against.Source} has {code}");
            }
        }

        var open = Connection.Query<long>("SELECT day FROM live.day WHERE day >= @_fromDay ORDER BY day", new { _fromDay }, Transaction).AsList();
        foreach (var day in open.SkipLast(1).Where(day => !closed.ContainsKey((int)day)))
        {
            Find($"day {Text(DayNumber.ToDay((int)day))}: its closing is missing");
        }

        foreach (var day in against?.Days.Where(day => !closed.ContainsKey(DayNumber.Of(day)) && DayNumber.Of(day) >= _fromDay) ?? [])
        {
            Find($"day {Text(day)}: it is not closed here, and {against!.Source} has its hash");
        }
    }

    private void CheckMark()
    {
        if (_newest.Sequence == 0)
        {
            return;
        }

        if (_mark is not { } mark)
        {
            Find($"{HighWaterMark.Name}: it is missing or can't be read, so rows that are missing at the journal's end can't be told");
            return;
        }

        if (_key is not null && !mark.IsSealedBy(_key))
        {
            Find($"{HighWaterMark.Name}: its seal does not fit");
        }

        var kept = Connection.ExecuteScalar<byte[]?>("SELECT chain FROM live.journal WHERE sequence = @Sequence", new { mark.Sequence }, Transaction);
        if (mark.Sequence > _newest.Sequence)
        {
            Find($"journal: it ends at row {_newest.Sequence}, and rows up to {mark.Sequence} were written: {mark.Sequence - _newest.Sequence} are missing");
        }
        else if (kept is not null && Convert.ToHexStringLower(kept) != mark.Chain)
        {
            Find($"journal: row {mark.Sequence} is not the one that was written; the chain was computed again");
        }
    }

    /// <summary>Each entry has its texts, and the texts have the digest that the entry names. Of the security log, old entries are erased.</summary>
    private void CheckAudit()
    {
        var kept = Connection.QuerySingle<long?>("SELECT max(at) FROM live.journal", null, Transaction) - (long)SecurityLog.Kept.TotalMilliseconds;
        foreach (var (sequence, at, part, digest, old, next, has) in Connection.Query<(long, long, string, string, string?, string?, long)>(
            """
            SELECT journal.sequence, journal.at, journal.body ->> 'part', journal.body ->> 'digest', audit.old, audit.new, audit.sequence IS NOT NULL
            FROM live.journal LEFT JOIN live.audit ON audit.sequence = journal.sequence
            WHERE journal.kind = 'audit.added' AND journal.sequence >= @_from ORDER BY journal.sequence
            """,
            new { _from },
            Transaction))
        {
            if (has == 0 && at < kept && part.StartsWith(SecurityLog.Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            if (has == 0)
            {
                Find($"audit log: the entry of row {sequence} ({part}) is missing");
            }
            else if (AuditLog.Digest(new SetupChange(part, old, next)) != digest)
            {
                Find($"audit log: the entry of row {sequence} ({part}) was changed");
            }
        }

        foreach (var sequence in Connection.Query<long>(
            """
            SELECT sequence FROM live.audit WHERE sequence >= @_from
            AND NOT EXISTS (SELECT 1 FROM live.journal WHERE journal.sequence = audit.sequence AND journal.kind = 'audit.added')
            """,
            new { _from },
            Transaction))
        {
            Find($"audit log: the entry of row {sequence} is not in the journal");
        }
    }

    private void Compare(ReadTable table)
    {
        var where = $"WHERE day >= {_fromDay.ToString(CultureInfo.InvariantCulture)}";
        var lacking = Difference("main", "live");
        var surplus = Difference("live", "main");
        foreach (var key in lacking.Intersect(surplus).Take(MostShown))
        {
            Find($"table {table.Name}: {key} is not what the journal gives");
        }

        foreach (var key in lacking.Except(surplus).Take(MostShown))
        {
            Find($"table {table.Name}: {key} is missing");
        }

        foreach (var key in surplus.Except(lacking).Take(MostShown))
        {
            Find($"table {table.Name}: {key} is not in the journal");
        }

        List<string> Difference(string one, string other) => Connection.Query<string>(
            $"""
            SELECT {table.Key} FROM (
              SELECT {table.Columns} FROM {one}.{table.Name} {where} EXCEPT SELECT {table.Columns} FROM {other}.{table.Name} {where})
            ORDER BY 1
            """,
            null,
            Transaction).AsList();
    }

    /// <summary>What an edited row makes of the rest of a check is a finding, too.</summary>
    private void Try(string what, Action check)
    {
        try
        {
            check();
        }
        catch (Exception exception) when (exception is not SqliteException)
        {
            Find($"journal: {what} can't be checked, its rows make no sense: {exception.Message}");
        }
    }

    private void Find(string text)
    {
        if (_findings.Count < 10 * MostShown)
        {
            _findings.Add(new Finding(text));
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What a verification came to.</summary>
/// <param name="Rows">How many rows of the journal were read.</param>
internal sealed record VerificationResult(long Rows, IReadOnlyList<Finding> Findings);
