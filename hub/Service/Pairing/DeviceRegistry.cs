using Reception.Hall;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Security;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Pairing;

/// <summary>Which devices belong to the hall. Each change is in the audit log, with the same commit.</summary>
internal static class DeviceRegistry
{
    /// <summary>Why a kind of device can't stand at a counter of this hall, or at none; null where it can.</summary>
    public static Refusal? Fault(HallTransaction transaction, string kind, int? counter) => counter switch
    {
        null => DeviceKinds.IsAtCounter(kind) ? Refusal.UnknownCounter : null,
        { } number => transaction.Setup.File.Counters.Any(known => known.Number == number) ? null : Refusal.UnknownCounter,
    };

    /// <summary>Adds a device, or gives a known one another name, counter or secret; gives it as it is kept.</summary>
    /// <param name="transaction">The transaction of the change.</param>
    /// <param name="device">The device; since when it is at its counter is decided here.</param>
    /// <param name="by">The administrator's code; null for a command on the hub's own machine.</param>
    /// <param name="from">Where the device asked to be paired, or null.</param>
    public static Device Keep(HallTransaction transaction, Device device, string? by, string? from = null)
    {
        var old = transaction.Setup.Devices.GetValueOrDefault(device.Id);
        var isMoved = old is not null && old.Counter != device.Counter;
        var kept = device with { CounterSince = old is null || isMoved ? transaction.Now : old.CounterSince };
        if (old is null)
        {
            SecurityLog.AddDevice(transaction, SecurityKind.DevicePaired, by, kept, from);
        }
        else if (old.SecretHash != kept.SecretHash)
        {
            SecurityLog.AddDevice(transaction, SecurityKind.DeviceReplaced, by, kept, from);
        }
        else if (isMoved)
        {
            SecurityLog.AddDevice(transaction, SecurityKind.DeviceMoved, by, kept);
        }

        if (old?.Name != kept.Name)
        {
            AuditLog.Add(transaction, by, new SetupChange($"devices.{kept.Id}.name", old?.Name, kept.Name));
        }

        ConfigurationTables.WriteDevice(transaction, kept);
        transaction.ReloadSetup();
        return kept;
    }

    /// <summary>Takes a device out: the broker ends its connection after the commit. False where there is none.</summary>
    public static bool Remove(HallTransaction transaction, string id, string? by)
    {
        if (transaction.Setup.Devices.GetValueOrDefault(id) is not { } old)
        {
            return false;
        }

        SecurityLog.AddDevice(transaction, SecurityKind.DeviceRevoked, by, old);
        ConfigurationTables.RemoveDevice(transaction, id);
        transaction.ReloadSetup();
        return true;
    }
}
