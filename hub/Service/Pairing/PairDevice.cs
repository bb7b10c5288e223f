using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Pairing;

/// <summary>An administrator accepts a device: it gets an id of its own, or takes the place of one that is away or broken.</summary>
/// <param name="Kind">One of <see cref="Protocol.DeviceKinds.All"/>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Counter">The counter it belongs to, or null.</param>
/// <param name="Replaces">The id of the device whose place it takes: of the same kind, and revoked by this; or null.</param>
/// <param name="SecretHash">What is kept of its secret: <see cref="Secrets.Hash"/>.</param>
/// <param name="By">The administrator's code.</param>
/// <param name="From">The device's address.</param>
internal sealed record PairDevice(string Kind, string Name, int? Counter, string? Replaces, string SecretHash, string By, string From) : JournalCommand<Device>
{
    public override Result<Device> Execute(HallTransaction transaction)
    {
        if (DeviceRegistry.Fault(transaction, Kind, Counter) is { } fault)
        {
            return fault;
        }

        var devices = transaction.Setup.Devices;
        if (Replaces is { } old && (!devices.TryGetValue(old, out var known) || known.Kind != Kind))
        {
            return Refusal.NotNow("thiết bị cần thay không còn trong danh mục", "the device to be replaced is not in the registry any more");
        }

        return DeviceRegistry.Keep(transaction, new Device(Replaces ?? NewId(devices.ContainsKey), Kind, Counter, SecretHash) { Name = Name }, By, From);
    }

    /// <summary>Such as <c>rater-5</c> at counter 5 and <c>kiosk-2</c> without a counter; <c>rater-5-2</c> where the first is taken.</summary>
    private string NewId(Func<string, bool> isTaken)
    {
        var stem = Counter is { } number ? $"{Kind}-{number}" : Kind;
        return Enumerable.Range(1, int.MaxValue).Select(count => count == 1 && Counter is not null ? stem : $"{stem}-{count}").First(id => !isTaken(id));
    }
}
