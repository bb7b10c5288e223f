using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Devices;

/// <summary>A device signed in while another client was connected as the same device: one row a day for each two addresses.</summary>
internal sealed record KeepSecondSession(string Device, int? Counter, string Address, string OtherAddress) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        transaction.Run(
            """
            INSERT INTO second_session(day, device, counter, address, other_address, sign_ins, first_at, last_at)
            VALUES ($p0, $p1, $p2, $p3, $p4, 1, $p5, $p5)
            ON CONFLICT(day, device, address, other_address) DO UPDATE SET
              counter = excluded.counter, sign_ins = sign_ins + 1, last_at = excluded.last_at
            """,
            DayNumber.Of(transaction.Hall.Day), Device, Counter, Address, OtherAddress, transaction.Now.ToUnixTimeMilliseconds());
        return default(Done);
    }
}
