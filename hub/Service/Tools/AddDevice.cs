using Reception.Hub.Journal;
using Reception.Hub.Pairing;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Tools;

/// <summary>Registers a device; a known id gets a new secret.</summary>
/// <param name="Id">1 to 32 of a-z, 0-9 and -.</param>
/// <param name="Kind">One of <see cref="DeviceKinds.All"/>.</param>
/// <param name="Counter">The number of a counter, or null.</param>
/// <param name="SecretHash">What is kept of its secret: <see cref="Secrets.Hash"/>.</param>
internal sealed record AddDevice(string Id, string Kind, int? Counter, string SecretHash) : ToolCommand
{
    public override Result<string> Execute(HallTransaction transaction)
    {
        if (!DeviceIds.IsValid(Id))
        {
            return Refused($"ID: '{Id}' is not allowed; a device's id is 1 to {DeviceIds.MaximumLength} of a-z, 0-9 and -.");
        }

        if (!DeviceKinds.All.Contains(Kind))
        {
            return Refused($"KIND: '{Kind}' is not known; allowed are {string.Join(", ", DeviceKinds.All)}.");
        }

        if (Counter is { } number && transaction.Setup.File.Counters.All(known => known.Number != number))
        {
            return Refused($"COUNTER: '{number}' is not a counter of this hall; give its number, or - for none.");
        }

        DeviceRegistry.Keep(transaction, new Device(Id, Kind, Counter, SecretHash) { Name = transaction.Setup.Devices.GetValueOrDefault(Id)?.Name }, by: null);
        return "";
    }
}
