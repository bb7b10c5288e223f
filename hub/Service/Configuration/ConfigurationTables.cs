using System.Text.Json;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Configuration;

/// <summary>Writes the tables of the configuration.</summary>
internal static class ConfigurationTables
{
    public static void WriteHall(HallTransaction transaction, HallFile file, bool demonstration) => transaction.Run(
        "INSERT INTO site(id, body, demonstration) VALUES (1, $p0, $p1) ON CONFLICT(id) DO UPDATE SET body = excluded.body, demonstration = excluded.demonstration",
        JsonSerializer.Serialize(file, ProtocolJson.Options), demonstration);

    /// <summary>Keeps the hash of an officer's PIN.</summary>
    /// <param name="transaction">The transaction of the change.</param>
    /// <param name="officer">Whose PIN it is.</param>
    /// <param name="hash">What is kept of it.</param>
    /// <param name="mustChange">Whether its owner must change it first, because somebody else knows it.</param>
    public static void WritePin(HallTransaction transaction, string officer, string hash, bool mustChange = false) => transaction.Run(
        """
        INSERT INTO account(code, pin_hash, must_change) VALUES ($p0, $p1, $p2)
        ON CONFLICT(code) DO UPDATE SET pin_hash = excluded.pin_hash, must_change = excluded.must_change
        """,
        officer, hash, mustChange);

    /// <summary>Adds a device, or changes a known one.</summary>
    public static void WriteDevice(HallTransaction transaction, Device device) => transaction.Run(
        """
        INSERT INTO device(id, kind, counter, verifier, name, counter_since, added_at) VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6)
        ON CONFLICT(id) DO UPDATE SET kind = excluded.kind, counter = excluded.counter, verifier = excluded.verifier, name = excluded.name,
          counter_since = excluded.counter_since, added_at = excluded.added_at
        """,
        device.Id, device.Kind, device.Counter, device.SecretHash, device.Name, device.CounterSince.ToUnixTimeMilliseconds(),
        transaction.Now.ToUnixTimeMilliseconds());

    /// <summary>Takes a device out; false where there is none.</summary>
    public static bool RemoveDevice(HallTransaction transaction, string id) => transaction.Run("DELETE FROM device WHERE id = $p0", id) > 0;
}
