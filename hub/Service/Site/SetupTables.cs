using System.Collections.Immutable;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Site;

/// <summary>The tables of the set-up: the hall with its names, who may sign in, which devices belong to it.</summary>
internal static class SetupTables
{
    /// <summary>The whole set-up, or null where no hall is set up.</summary>
    public static HallSetup? Read(SqliteConnection connection, SqliteTransaction? transaction, SiteRules rules)
    {
        if (connection.QuerySingleOrDefault<(string Body, long Demonstration)?>("SELECT body, demonstration FROM site", null, transaction) is not { } site)
        {
            return null;
        }

        var accounts = connection.Query<(string Code, string Hash, long MustChange)>(
            "SELECT code, pin_hash, must_change FROM account", null, transaction).AsList();
        var pins = accounts.ToImmutableDictionary(account => account.Code, account => account.Hash);
        var devices = connection.Query<(string Id, string Kind, long? Counter, string Verifier, string? Name, long Since)>(
                "SELECT id, kind, counter, verifier, name, counter_since FROM device", null, transaction)
            .Select(row => new Device(row.Id, row.Kind, (int?)row.Counter, row.Verifier)
            {
                Name = row.Name,
                CounterSince = DateTimeOffset.FromUnixTimeMilliseconds(row.Since),
            })
            .ToImmutableSortedDictionary(device => device.Id, device => device, StringComparer.Ordinal);
        return new HallSetup(HallFile.Parse(Encoding.UTF8.GetBytes(site.Body)), site.Demonstration != 0, pins, devices, rules)
        {
            PinsToChange = [.. accounts.Where(account => account.MustChange != 0).Select(account => account.Code)],
        };
    }
}
