using System.Text.Json;
using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>A device tells how its printer is; the newest counts.</summary>
internal sealed record KeepPrinterStatus(string Device, PrinterStatus Status) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        transaction.Connection.Execute(
            """
            INSERT INTO device_state(device, printer, printer_at) VALUES (@Device, @printer, @at)
            ON CONFLICT(device) DO UPDATE SET printer = excluded.printer, printer_at = excluded.printer_at
            """,
            new { Device, printer = JsonSerializer.Serialize(Status, ProtocolJson.Options), at = transaction.Now.ToUnixTimeMilliseconds() },
            transaction.Transaction);
        return default(Done);
    }
}
