using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Protocol;

namespace Reception.Hub.Journal;

/// <summary>
/// The public catalogue as the province gets it: without photos, words and papers. Each change of it is an event of the journal, which has the digest
/// of the bytes that are kept here, so the event says later what was in force then.
/// </summary>
internal sealed record ForwardedCatalog(
    SiteDocument Site,
    IReadOnlyList<CatalogService> Services,
    IReadOnlyList<ForwardedProcedure> Procedures,
    IReadOnlyList<CatalogCounter> Counters,
    IReadOnlyList<OfficerDocument> Officers)
{
    /// <summary>
    /// Appends an event and keeps the catalogue, in the transaction of the change, unless the newest one is the same. The first set-up is told when the
    /// first day opens; so is, on the next day, what a new version of the hub tells otherwise.
    /// </summary>
    public static void Keep(HallTransaction transaction)
    {
        if (transaction.Hall.Day == DateOnly.MinValue)
        {
            return;
        }

        var bytes = ProtocolJson.Write(Of(transaction.Setup.Catalog));
        var newest = transaction.Connection.ExecuteScalar<byte[]?>(
            "SELECT catalog FROM configuration ORDER BY sequence DESC LIMIT 1", null, transaction.Transaction);
        if (bytes.AsSpan().SequenceEqual(newest))
        {
            return;
        }

        transaction.Append(new Hall.ConfigurationChanged(transaction.Now, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        transaction.Run("INSERT INTO configuration(sequence, catalog) VALUES ($p0, $p1)", transaction.Sequence, bytes);
    }

    /// <summary>The bytes of the catalogue that an event tells of, or null where they are not kept.</summary>
    public static byte[]? Read(SqliteConnection connection, long sequence) =>
        connection.ExecuteScalar<byte[]?>("SELECT catalog FROM configuration WHERE sequence = @sequence", new { sequence });

    private static ForwardedCatalog Of(CatalogDocument catalog) => new(
        new SiteDocument(catalog.Site.Code, catalog.Site.Name),
        catalog.Services,
        [.. catalog.Procedures.Select(procedure => new ForwardedProcedure(procedure.Code, procedure.Service))],
        catalog.Counters,
        [.. catalog.Officers.Select(officer => new OfficerDocument(officer.Code, officer.Name))]);
}

/// <summary>A procedure by its code, with its service.</summary>
internal sealed record ForwardedProcedure(string Code, string Service);
