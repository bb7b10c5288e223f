using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Pairing;

/// <summary>An administrator gives a device another name, or moves it to another counter.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Name">What people call it, or null.</param>
/// <param name="Counter">The counter it belongs to, or null.</param>
/// <param name="By">The administrator's code.</param>
internal sealed record ChangeDevice(string Id, string? Name, int? Counter, string By) : JournalCommand<Device>
{
    public override Result<Device> Execute(HallTransaction transaction) =>
        !transaction.Setup.Devices.TryGetValue(Id, out var known) ? RemoveDevice.Gone
        : DeviceRegistry.Fault(transaction, known.Kind, Counter) is { } fault ? fault
        : DeviceRegistry.Keep(transaction, known with { Name = Name, Counter = Counter }, By);
}
