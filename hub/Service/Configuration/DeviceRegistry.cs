using System.Globalization;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Configuration;

/// <summary>Which devices belong to the hall. Each change is in the audit log, with the same commit.</summary>
internal static class DeviceRegistry
{
    /// <summary>Longest name that people give a device.</summary>
    public const int LongestName = 60;

    // A counter serves one citizen at a time: what rates or prints there must know which one it is.
    private static readonly string[] AtCounters = [DeviceKinds.Rater, DeviceKinds.CounterAgent];

    public static bool NeedsCounter(string kind) => AtCounters.Contains(kind);

    /// <summary>Why a kind of device can't stand at a counter of this hall, or at none; null where it can.</summary>
    public static Refusal? Fault(HallTransaction transaction, string kind, int? counter) => counter switch
    {
        null => NeedsCounter(kind) ? Refusal.UnknownCounter : null,
        { } number => transaction.Setup.File.Counters.Any(known => known.Number == number) ? null : Refusal.UnknownCounter,
    };

    /// <summary>Adds a device, or gives a known one another name, counter or secret; gives it as it is kept.</summary>
    /// <param name="transaction">The transaction of the change.</param>
    /// <param name="device">The device; since when it is at its counter is decided here.</param>
    /// <param name="by">The administrator's code; null for a command on the hub's own machine.</param>
    public static Device Keep(HallTransaction transaction, Device device, string? by)
    {
        var old = transaction.Setup.Devices.GetValueOrDefault(device.Id);
        var isMoved = old is null || old.Counter != device.Counter;
        var kept = device with { CounterSince = isMoved ? transaction.Now : old!.CounterSince };
        Note(transaction, kept, by, "added", null, old is null ? kept.Kind : null);
        Note(transaction, kept, by, "secret", null, old is not null && old.SecretHash != kept.SecretHash ? "*" : null);
        Note(transaction, kept, by, "kind", old?.Kind, old is null ? null : kept.Kind);
        Note(transaction, kept, by, "name", old?.Name, kept.Name);
        Note(transaction, kept, by, "counter", Text(old?.Counter), Text(kept.Counter));
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

        AuditLog.Add(transaction, by, new SetupChange($"devices.{id}.revoked", old.Name ?? old.Kind, null));
        ConfigurationTables.RemoveDevice(transaction, id);
        transaction.ReloadSetup();
        return true;
    }

    private static void Note(HallTransaction transaction, Device device, string? by, string field, string? old, string? next)
    {
        if (old != next)
        {
            AuditLog.Add(transaction, by, new SetupChange($"devices.{device.Id}.{field}", old, next));
        }
    }

    private static string? Text(int? counter) => counter?.ToString(CultureInfo.InvariantCulture);
}
