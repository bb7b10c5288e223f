using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Devices;

/// <summary>A device tells of a fault; the newest is kept for the technician.</summary>
internal sealed record KeepFault(string Device, string Code, string Message) : JournalCommand<Done>
{
    public const int LongestCode = 64;
    private const int LongestMessage = 500;

    public override Result<Done> Execute(HallTransaction transaction)
    {
        transaction.Connection.Execute(
            """
            INSERT INTO device_state(device, fault_code, fault_message, fault_at) VALUES (@Device, @Code, @message, @at)
            ON CONFLICT(device) DO UPDATE SET
              fault_code = excluded.fault_code, fault_message = excluded.fault_message, fault_at = excluded.fault_at
            """,
            new { Device, Code, message = Message[..Math.Min(Message.Length, LongestMessage)], at = transaction.Now.ToUnixTimeMilliseconds() },
            transaction.Transaction);
        return default(Done);
    }
}
