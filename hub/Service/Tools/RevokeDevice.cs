using Reception.Hub.Journal;
using Reception.Hub.Pairing;

namespace Reception.Hub.Tools;

/// <summary>Takes a device out of the registry; the broker ends its connection after the commit.</summary>
internal sealed record RevokeDevice(string Id) : ToolCommand
{
    public override Result<string> Execute(HallTransaction transaction) =>
        DeviceRegistry.Remove(transaction, Id, by: null) ? "" : Refused($"ID: '{Id}' is not a device of this hall.");
}
