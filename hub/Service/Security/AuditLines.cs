using System.Threading.Channels;
using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Security;

/// <summary>
/// Writes a log line for each audit entry once it is committed, all in one category, so that journald or syslog collects them beside other
/// machines' lines. The fields are codes and addresses; a value of the configuration is not among them.
/// </summary>
internal sealed partial class AuditLines : BackgroundService
{
    private const int AtOnce = 100;

    private readonly Channel<long> _newest = Channel.CreateBounded<long>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private readonly HubDatabase _database;
    private readonly HallBoard _board;
    private readonly ILogger<AuditLines> _log;
    private long _last;

    public AuditLines(HubDatabase database, HallBoard board, ILogger<AuditLines> log)
    {
        (_database, _board, _log, _last) = (database, board, log, board.Current.Version);
        board.Changed += committed =>
        {
            if (committed.Events.Any(happened => happened is AuditEntryAdded))
            {
                _newest.Writer.TryWrite(committed.After.Version);
            }
        };
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        WriteLines(_board.Current.Version);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var newest in _newest.Reader.ReadAllAsync(stoppingToken))
        {
            WriteLines(newest);
        }
    }

    private void WriteLines(long newest)
    {
        using var reader = _database.OpenReader();
        List<(long Sequence, string? Officer, string Part, string? New)> rows;
        do
        {
            rows = reader.Query<(long, string?, string, string?)>(
                "SELECT sequence, officer, part, new FROM audit WHERE sequence > @_last AND sequence <= @newest ORDER BY sequence LIMIT @AtOnce",
                new { _last, newest, AtOnce }).AsList();
            foreach (var row in rows)
            {
                WriteLine(row.Sequence, row.Officer, row.Part, row.New);
            }

            _last = rows.Count > 0 ? rows[^1].Sequence : newest;
        }
        while (rows.Count == AtOnce);
    }

    private void WriteLine(long sequence, string? officer, string part, string? value)
    {
        if (!part.StartsWith(SecurityLog.Prefix, StringComparison.Ordinal))
        {
            LogChange(sequence, part, officer ?? "-");
            return;
        }

        var detail = SecurityDetail.Read(value);
        var (kind, fields) = (part[SecurityLog.Prefix.Length..], Fields(detail));
        if (IsAlarming(kind, detail))
        {
            LogWarning(sequence, kind, officer ?? "-", detail.From ?? "-", fields);
        }
        else
        {
            LogEntry(sequence, kind, officer ?? "-", detail.From ?? "-", fields);
        }
    }

    /// <summary>Whether somebody should look at it.</summary>
    internal static bool IsAlarming(string kind, SecurityDetail detail) =>
        kind is "sign-in-failed" or "sign-in-limited" or "refused" or "device-cloned" or "device-flooding" || detail.Findings > 0;

    private static string Fields(SecurityDetail detail) => string.Concat(new (string Name, object? Value)[]
    {
        ("counter", detail.Counter), ("device", detail.Device), ("kind", detail.DeviceKind), ("other", detail.OtherFrom),
        ("what", detail.What is { } what ? $"\"{what}\"" : null),
        ("rows", detail.Rows), ("findings", detail.Findings), ("sessions", detail.Sessions), ("further", detail.Further),
    }.Where(field => field.Value is not null).Select(field => FormattableString.Invariant($" {field.Name}={field.Value}")));

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "entry={Sequence} event={Kind} person={Person} from={From}{Fields}")]
    private partial void LogEntry(long sequence, string kind, string person, string from, string fields);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "entry={Sequence} event={Kind} person={Person} from={From}{Fields}")]
    private partial void LogWarning(long sequence, string kind, string person, string from, string fields);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Information, Message = "entry={Sequence} event=configuration-changed part={Part} person={Person}")]
    private partial void LogChange(long sequence, string part, string person);
}
