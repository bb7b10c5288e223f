using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Security;
using Reception.Hub.Site;

namespace Reception.Hub.Tools;

/// <summary>Takes a device out of the registry; the broker ends its connection after the commit.</summary>
internal sealed record RevokeDevice(string Id) : ToolCommand
{
    public override Result<string> Execute(HallTransaction transaction)
    {
        if (transaction.Setup.Devices.GetValueOrDefault(Id) is not { } device)
        {
            return Refused($"ID: '{Id}' is not a device of this hall.");
        }

        ConfigurationTables.RemoveDevice(transaction, Id);
        SecurityLog.AddDevice(transaction, SecurityKind.DeviceRevoked, by: null, device);
        transaction.ReloadSetup();
        return "";
    }
}
