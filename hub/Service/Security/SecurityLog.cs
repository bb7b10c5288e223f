using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Security;

/// <summary>
/// Adds entries to the security log: who signed in, failed, was refused, exported; which device came, went, was cloned or flooded; what a
/// verification came to. They are audit entries whose parts begin with <see cref="Prefix"/>, so they are chained like a change of the configuration.
/// </summary>
internal static class SecurityLog
{
    /// <summary>The parts of its entries begin so.</summary>
    public const string Prefix = "security.";

    /// <summary>How long an entry's texts are kept. The journal keeps their digest for ever.</summary>
    public static TimeSpan Kept => Housekeeping.SecurityKept;

    /// <summary>Adds an entry in the transaction of what it is about.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="kind">What it is about.</param>
    /// <param name="person">The code of who did it; null for a device, the hub itself, a command on its machine, or a stranger.</param>
    /// <param name="detail">What else there is to say.</param>
    public static void Add(HallTransaction transaction, SecurityKind kind, string? person, SecurityDetail detail) =>
        AuditLog.Add(transaction, person, new SetupChange(Prefix + kind.Code(), null, detail.Write()));

    /// <summary>Adds an entry of a device that was paired, moved, replaced or revoked, in the transaction of that.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="kind">Which of the four.</param>
    /// <param name="by">The administrator's code; null for a command on the hub's own machine.</param>
    /// <param name="device">The device; where it moved, as it is after it.</param>
    /// <param name="from">The address of the device or of the administrator's browser, where one is known.</param>
    public static void AddDevice(HallTransaction transaction, SecurityKind kind, string? by, Device device, string? from = null) =>
        Add(transaction, kind, by, new SecurityDetail { From = from, Device = device.Id, DeviceKind = device.Kind, Counter = device.Counter });
}
