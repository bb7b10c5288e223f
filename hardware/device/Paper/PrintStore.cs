using Reception.Device.Storage;

namespace Reception.Device.Paper;

/// <summary>A slip that is being printed.</summary>
/// <param name="Fact">The id of the fact that reports its outcome: the same after a restart.</param>
internal sealed record OpenPrint(Guid Fact, Guid Ticket, bool Copy);

/// <summary>Keeps on disk, before a slip's bytes leave, what a kill in the next moment would leave unreported.</summary>
internal sealed class PrintStore(DeviceDatabase database)
{
    public void Open(OpenPrint print) => database.Execute(
        "INSERT INTO print (fact, ticket, copy) VALUES ($fact, $ticket, $copy)",
        ("$fact", Key(print.Fact)), ("$ticket", Key(print.Ticket)), ("$copy", print.Copy ? 1 : 0));

    /// <summary>Together with the outcome's fact.</summary>
    public void Close(OpenPrint print) => database.Execute("DELETE FROM print WHERE fact = $fact", ("$fact", Key(print.Fact)));

    /// <summary>The slips that were being printed when the program ended last.</summary>
    public IReadOnlyList<OpenPrint> Left() => database.Select(
        "SELECT fact, ticket, copy FROM print ORDER BY place",
        row => new OpenPrint(Id(row.GetFieldValue<byte[]>(0)), Id(row.GetFieldValue<byte[]>(1)), row.GetBoolean(2)));

    private static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);

    private static Guid Id(byte[] key) => new(key, bigEndian: true);
}
