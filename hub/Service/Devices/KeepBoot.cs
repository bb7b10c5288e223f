using Reception.Hub.Journal;

namespace Reception.Hub.Devices;

/// <summary>A device was started: which start it is outlives the hub, so that what it reports of before is known as such.</summary>
internal sealed record KeepBoot(string Device, Guid Boot) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        transaction.Run(
            "INSERT INTO device_state(device, boot) VALUES ($p0, $p1) ON CONFLICT(device) DO UPDATE SET boot = excluded.boot", Device, Boot.ToByteArray(bigEndian: true));
        return default(Done);
    }
}
