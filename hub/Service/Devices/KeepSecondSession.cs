using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Security;

namespace Reception.Hub.Devices;

/// <summary>
/// A device signed in while another client was connected as the same device: one row a day, and one entry of the security log, for each two
/// addresses.
/// </summary>
internal sealed record KeepSecondSession(string Device, int? Counter, string Address, string OtherAddress) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        var (day, now) = (DayNumber.Of(transaction.Hall.Day), transaction.Now.ToUnixTimeMilliseconds());
        var known = transaction.Run(
            """
            UPDATE second_session SET counter = $p2, sign_ins = sign_ins + 1, last_at = $p5
            WHERE day = $p0 AND device = $p1 AND address = $p3 AND other_address = $p4
            """,
            day, Device, Counter, Address, OtherAddress, now);
        if (known == 0)
        {
            transaction.Run(
                """
                INSERT INTO second_session(day, device, counter, address, other_address, sign_ins, first_at, last_at)
                VALUES ($p0, $p1, $p2, $p3, $p4, 1, $p5, $p5)
                """,
                day, Device, Counter, Address, OtherAddress, now);
            var detail = new SecurityDetail { Device = Device, Counter = Counter, From = Address, OtherFrom = OtherAddress };
            SecurityLog.Add(transaction, SecurityKind.DeviceCloned, null, detail);
        }

        return default(Done);
    }
}
