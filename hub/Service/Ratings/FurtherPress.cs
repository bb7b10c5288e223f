using Dapper;
using Reception.Hub.Journal;

namespace Reception.Hub.Ratings;

/// <summary>A press after the first of its stay.</summary>
/// <param name="Rating">The rating that it belongs to; null where it was refused.</param>
internal sealed record FurtherPress(string Device, Guid? Rating)
{
    public static FurtherPress? Find(HallTransaction transaction, Guid press) =>
        transaction.Connection.QuerySingleOrDefault<(string Device, byte[]? Rating)?>(
            "SELECT device, rating FROM further_press WHERE id = @id", new { id = press.ToByteArray(bigEndian: true) }, transaction.Transaction) is { } row
            ? new FurtherPress(row.Device, row.Rating is null ? null : new Guid(row.Rating, bigEndian: true))
            : null;

    /// <summary>Keeps a press that changes nothing; one that changes its rating is kept with the change.</summary>
    public static void Keep(HallTransaction transaction, Guid press, string device, Guid? rating) => transaction.Run(
        "INSERT INTO further_press(id, device, rating) VALUES ($p0, $p1, $p2)", press.ToByteArray(bigEndian: true), device, rating?.ToByteArray(bigEndian: true));
}
