using System.Text.Json;
using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>A device tells how its printer is; the newest counts.</summary>
internal sealed record KeepPrinterStatus(string Device, PrinterStatus Status) : JournalCommand
{
    public override Decision Decide(WorkingHall working)
    {
        working.Connection.Execute(
            """
            INSERT INTO device_state(device, printer, printer_at) VALUES (@Device, @printer, @at)
            ON CONFLICT(device) DO UPDATE SET printer = excluded.printer, printer_at = excluded.printer_at
            """,
            new { Device, printer = JsonSerializer.Serialize(Status, ProtocolJson.Options), at = working.Now.ToUnixTimeMilliseconds() },
            working.Transaction);
        return Decision.Nothing;
    }

    public override Told Tell(Reply reply, WorkingHall working) => new(StatusCodes.Status200OK, "{}"u8.ToArray());
}
