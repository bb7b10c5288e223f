using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hub.Configuration;
using Reception.Hub.Site;

namespace Reception.Hub.Security;

/// <summary>Reads the audit log as its page and its file show it: one act, one row.</summary>
internal static class ReadLog
{
    // What was changed at once by one person is one act.
    private const string Source = """
        WITH entry AS (
          SELECT sequence, at, officer, part, old, new, CASE
            WHEN part LIKE 'security.device-%' THEN 'devices'
            WHEN part = 'security.exported' THEN 'exports'
            WHEN part = 'security.verified' OR part LIKE 'journal.%' THEN 'record'
            WHEN part LIKE 'security.%' OR part LIKE 'officers.%.pin' OR part LIKE 'officers.%.role' THEN 'security'
            ELSE 'configuration' END AS kind
          FROM audit WHERE at >= @from AND at < @to AND sequence <= @upTo
            AND (@person IS NULL OR officer = @person OR part LIKE 'officers.' || @person || '.%')),
        act AS (SELECT *, CASE kind WHEN 'configuration' THEN at || ' ' || coalesce(officer, '') ELSE sequence END AS act FROM entry)
        """;

    /// <summary>How many acts there are of each kind.</summary>
    public static IReadOnlyDictionary<LogKind, int> Count(SqliteConnection connection, LogQuestion question) => connection
        .Query<(string Kind, long Count)>($"{Source} SELECT kind, count(DISTINCT act) FROM act GROUP BY kind", Parameters(question))
        .ToDictionary(row => LogKinds.Read(row.Kind)!.Value, row => (int)row.Count);

    /// <summary>Acts, newest first.</summary>
    public static IReadOnlyList<LogAct> Acts(SqliteConnection connection, LogQuestion question, int skip, int most) =>
        [.. connection.Query<Row>(
                $"""
                {Source}
                SELECT sequence, at, officer, part, old, new, kind, CAST(act AS TEXT) AS act FROM act
                WHERE act IN (SELECT act FROM act WHERE @kind IS NULL OR kind = @kind GROUP BY act ORDER BY max(sequence) DESC LIMIT @most OFFSET @skip)
                ORDER BY sequence DESC
                """,
                Parameters(question, skip, most))
            .GroupBy(row => row.Act)
            .Select(rows => new LogAct(LogKinds.Read(rows.First().Kind)!.Value, [.. rows.Reverse().Select(row => new AuditEntry(
                row.Sequence, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Officer, new SetupChange(row.Part, row.Old, row.New)))]))];

    /// <summary>The newest entry: a page after the first goes on from it, whatever came meanwhile.</summary>
    public static long Newest(SqliteConnection connection) => connection.QuerySingle<long?>("SELECT max(sequence) FROM audit") ?? 0;

    private static object Parameters(LogQuestion question, int skip = 0, int most = 0) => new
    {
        from = question.From.ToUnixTimeMilliseconds(),
        to = question.To.ToUnixTimeMilliseconds(),
        upTo = question.UpTo,
        person = question.Person,
        kind = question.Kind?.Code(),
        skip,
        most,
    };

    // With setters: SQLite gives a computed column no type where there is no row.
    private sealed class Row
    {
        public long Sequence { get; init; }
        public long At { get; init; }
        public string? Officer { get; init; }
        public string Part { get; init; } = "";
        public string? Old { get; init; }
        public string? New { get; init; }
        public string Kind { get; init; } = "";
        public string Act { get; init; } = "";
    }
}

/// <summary>What is asked of the audit log.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant that does not count.</param>
/// <param name="UpTo">The newest entry that counts.</param>
internal sealed record LogQuestion(DateTimeOffset From, DateTimeOffset To, long UpTo)
{
    public LogKind? Kind { get; init; }

    /// <summary>Who did it, or whose account it is about.</summary>
    public string? Person { get; init; }
}

/// <summary>One act: an entry, or all values that somebody changed at once, in their order.</summary>
internal sealed record LogAct(LogKind Kind, IReadOnlyList<AuditEntry> Entries);

/// <summary>Kinds of acts, as the page's tabs show them.</summary>
internal enum LogKind
{
    Security,
    Devices,
    Configuration,
    Exports,
    Record,
}

/// <summary>The codes of <see cref="LogKind"/>.</summary>
internal static class LogKinds
{
    public static IReadOnlyList<LogKind> All { get; } = Enum.GetValues<LogKind>();

    public static string Code(this LogKind kind) => kind.ToString().ToLower(CultureInfo.InvariantCulture);

    public static LogKind? Read(string? code) => All.Where(kind => kind.Code() == code).Select(kind => (LogKind?)kind).FirstOrDefault();
}
