using Reception.Hub.Configuration;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Security;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Log;

/// <summary>Acts of the audit log in words.</summary>
internal sealed class LogWords(Names names, Words words, TimeZoneInfo zone)
{
    private static readonly Dictionary<string, (string Kind, string Icon)> Kinds = new()
    {
        ["sign-in"] = ("sign-in", "log-in"),
        ["sign-in-failed"] = ("sign-in", "log-in"),
        ["sign-in-limited"] = ("sign-in", "log-in"),
        ["sign-out"] = ("sign-out", "log-out"),
        ["sign-out-everywhere"] = ("sign-out", "log-out"),
        ["session-idle"] = ("sign-out", "timer"),
        ["refused"] = ("refused", "ban"),
        ["exported"] = ("export", "download"),
        ["verified"] = ("record", "shield-check"),
    };

    /// <summary>The columns of the file.</summary>
    public string[] Head =>
    [
        words["log.csv.row"], words["log.at"], words["log.kind"], words["log.csv.code"], words["log.csv.who"], words["log.csv.what"],
        words["log.from"], words["log.csv.part"], words["log.csv.old"], words["log.csv.new"],
    ];

    public LogLine Line(LogAct act)
    {
        var entry = act.Entries[^1];
        var part = entry.Change.Part;
        return part.StartsWith(SecurityLog.Prefix, StringComparison.Ordinal) ? Noted(entry, part[SecurityLog.Prefix.Length..])
            : act.Kind == LogKind.Security ? Account(entry, part.Split('.'))
            : Changed(act, entry);
    }

    /// <summary>A line as rows of the file: one for each value that changed.</summary>
    public static IEnumerable<IReadOnlyList<object?>> Rows(LogLine line) => line.Changes.DefaultIfEmpty().Select(change => new object?[]
    {
        line.Sequence, line.At, line.Kind, line.Code, line.Who, line.What, line.From, change?.What, change?.Old, change?.New,
    });

    private LogLine Noted(AuditEntry entry, string code)
    {
        var detail = SecurityDetail.Read(entry.Change.New);
        var isDevice = code.StartsWith("device-", StringComparison.Ordinal);
        var (kind, icon) = isDevice ? ("device", "tablet") : Kinds.GetValueOrDefault(code, ("security", "lock"));
        var who = code switch
        {
            "device-cloned" or "device-flooding" => detail.Device!,
            "sign-in-failed" or "sign-in-limited" when entry.Officer is null => words["log.who.unknown"],
            "verified" => words["log.who.hub"],
            _ => Who(entry.Officer),
        };
        return new LogLine(
            entry.Sequence, At(entry), words["log.kind." + kind], icon, entry.Officer, who, Sentence(code, detail), From(entry, detail),
            Tone(code, detail), []);
    }

    private string Sentence(string code, SecurityDetail detail)
    {
        var sentence = code switch
        {
            "sign-in" or "sign-out" when detail.Counter is { } counter => words[$"log.{code}.counter", names.Counter(counter)],
            "sign-out-everywhere" => words["log.sign-out-everywhere", detail.Sessions ?? 0],
            "refused" => words["log.refused", detail.What ?? "?"],
            "device-flooding" => words["log.device-flooding"],
            "device-cloned" => words["log.device-cloned", detail.OtherFrom ?? "?"],
            "exported" => words["log.exported", detail.What ?? "?", detail.Rows ?? 0],
            "verified" when detail.Findings > 0 => words["log.verified.findings", detail.Rows ?? 0, detail.Findings.Value],
            "verified" => words["log.verified", detail.Rows ?? 0],
            _ when detail.Device is { } device => words["log." + code, device, Place(detail)],
            _ when words.Keys.Contains("log." + code) => words["log." + code],
            _ => code,
        };
        return detail.Further is { } further ? $"{sentence} ({words["log.further", further, (int)RepeatedNotes.Window.TotalMinutes]})" : sentence;
    }

    private string Place(SecurityDetail detail)
    {
        var kind = words["log.device-kind." + (DeviceKinds.All.Contains(detail.DeviceKind) ? detail.DeviceKind : "other")];
        return detail.Counter is { } counter ? $"{kind}, {names.Counter(counter)}" : kind;
    }

    /// <summary>A PIN or role of an account changed.</summary>
    private LogLine Account(AuditEntry entry, string[] steps)
    {
        var (owner, field) = (names.Officer(steps[1]), steps[^1]);
        var what = field switch
        {
            "pin" when entry.Officer == steps[1] => words["log.pin.own"],
            "pin" => words["log.pin", owner],
            _ => words["log.role", owner],
        };
        IReadOnlyList<LogChange> changes = field == "role" ? [Change(entry)] : [];
        return new LogLine(
            entry.Sequence, At(entry), words["log.kind.account"], "key-round", entry.Officer, Who(entry.Officer), what, From(entry, null), "", changes);
    }

    private LogLine Changed(LogAct act, AuditEntry entry)
    {
        var isRecord = act.Kind == LogKind.Record;
        var changes = act.Entries.Select(Change).ToList();
        var what = changes.Count == 1 ? words["log.changed", changes[0].What] : words["log.changed.many", changes[0].What, changes.Count];
        return new LogLine(
            entry.Sequence, At(entry), words[isRecord ? "log.kind.record" : "log.kind.configuration"], isRecord ? "shield-check" : "settings",
            entry.Officer, Who(entry.Officer), what, From(entry, null), isRecord ? "alarm" : "", changes);
    }

    private LogChange Change(AuditEntry entry)
    {
        var change = entry.Change;
        return new LogChange(
            PartWords.Of(change.Part, names, words),
            PartWords.Value(change.Part, change.Old, names, words),
            PartWords.Value(change.Part, change.New, names, words));
    }

    private string Who(string? officer) => officer is null ? words["log.who.command"] : names.Officer(officer);

    private string? From(AuditEntry entry, SecurityDetail? detail) =>
        string.Join(", ", new[] { detail?.Device, detail?.From }.OfType<string>()) is { Length: > 0 } from ? from
            : entry.Officer is null ? words["log.from.hub"]
            : null;

    private DateTimeOffset At(AuditEntry entry) => TimeZoneInfo.ConvertTime(entry.At, zone);

    private static string Tone(string code, SecurityDetail detail) =>
        !AuditLines.IsAlarming(code, detail) ? "" : code is "sign-in-failed" or "sign-in-limited" or "device-flooding" ? "notice" : "alarm";
}
