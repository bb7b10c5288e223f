using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Pairing;

/// <summary>An administrator revokes a device: its secret is worth nothing from this commit on.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="By">The administrator's code.</param>
internal sealed record RemoveDevice(string Id, string By) : JournalCommand<Done>
{
    /// <summary>The device is not in the registry any more.</summary>
    public static Refusal Gone { get; } = Refusal.NotNow("thiết bị này không còn trong danh mục", "this device is not in the registry any more");

    public override Result<Done> Execute(HallTransaction transaction) => DeviceRegistry.Remove(transaction, Id, By) ? default(Done) : Gone;
}
