using Reception.Hub.Backup;
using Reception.Hub.Certificates;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Province;
using Reception.Hub.Record;
using Reception.Hub.Site;
using Reception.Hub.Voice;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>Whether the hub lives, and whether the hall can work with it.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication program)
    {
        var app = program.MapGroup("").ServedPlain();
        app.MapGet("/healthz", (HallBoard board) => Tell([Journal(board)])).ExcludeFromDescription();
        app.MapGet("/readyz", (HallBoard board, HubOptions options, DiskSpace disk, HallClock clock, Forwarder province, RecordStatus record, NightlyBackup backup, Clips clips,
            WardCertificate certificate) =>
            Tell([
                Journal(board), Disk(disk), Clock(clock), Province(province.Status()), Record(record), Backup(backup), PublicAddress(options), Voice(clips),
                Certificate(certificate),
            ])).ExcludeFromDescription();
    }

    private static IResult Tell(IReadOnlyList<Check> checks) => Results.Json(
        checks, ProtocolJson.Options, statusCode: checks.All(check => check.Ok) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    private static Check Journal(HallBoard board) =>
        new("journal", board.IsReady, board.IsReady ? $"sequence {board.Current.Version}" : "being read");

    private static Check Disk(DiskSpace disk) => new("disk", !disk.IsAlarming,
        $"{disk.FreeMb} MiB free{(disk.IsLow ? $", less than {disk.LowMb}: numbers by phone are refused; make room on the disk" : "")}");

    // The hall goes on by its own time until an administrator has looked: this check informs.
    private static Check Clock(HallClock clock) =>
        new("clock", true, clock.Doubt is { } doubt
            ? $"the machine's clock jumped to {doubt.Machine:yyyy-MM-ddTHH:mm:ssZ}; the hall goes by {doubt.Hall:yyyy-MM-ddTHH:mm:ssZ} and keeps its day until an administrator confirms"
            : "trusted");

    // The hall works without the province for as long as it must: this check informs, and never makes the hub not ready.
    private static Check Province(ProvinceStatus status) =>
        new("province", true, !status.On ? "off" : status.Alarm?.Words ?? status.Trouble ?? $"{status.Backlog} waiting");

    // The hall works with a record that somebody changed: this check informs.
    private static Check Record(RecordStatus status) =>
        new("record", true, status.Newest switch
        {
            null => "not verified yet",
            { Result: { Findings: [] } good } newest => $"{good.Rows} rows verified at {newest.At:yyyy-MM-ddTHH:mm:ssZ}",
            { Result: { Findings: [var first, ..] } bad } newest => $"{bad.Findings.Count} findings at {newest.At:yyyy-MM-ddTHH:mm:ssZ}, the first: {first.Text}; run hub verify",
        });

    // The hall works without backups, and should not: this check informs.
    private static Check Backup(NightlyBackup backup) =>
        new("backup", true, backup.State switch
        {
            null => "not set: no backup is made; set backup.folder in hub.json",
            { Fault: { } fault } state => $"failed: {fault}; the last good one is {(state.Newest is { } last ? $"of {last:yyyy-MM-ddTHH:mm:ssZ}" : "none")}",
            { Newest: { } newest } => $"made and proven at {newest:yyyy-MM-ddTHH:mm:ssZ}",
            _ => "none yet",
        });

    // The hall works without phones: this check informs.
    private static Check PublicAddress(HubOptions options) =>
        new("public-address", true,
            options.PublicAddress ?? "not set: slips and screens carry no code for phones; set publicAddress in hub.json");

    // A call whose clips are missing has the chime alone: this check informs.
    private static Check Voice(Clips clips) =>
        new("voice", true, $"{clips.Own} recordings of the hall in use"
            + (clips.Errors is [var first, ..] ? $"; {clips.Errors.Count} errors, the first: {first}" : ""));

    // Browsers warn, devices go on: this check informs.
    private static Check Certificate(WardCertificate ward) =>
        new("certificate", true, ward.Fault is { } fault ? $"the ward's certificate: {fault.English}"
            : ward.Current is { } current ? $"the ward's own, until {current.Leaf.NotAfter.ToUniversalTime():yyyy-MM-dd}"
            : "of the hall's own authority");

    private sealed record Check(string Name, bool Ok, string Detail);
}
