using Reception.Device.Storage;
using Reception.Protocol;

namespace Reception.Device.Reporting;

/// <summary>Facts until they are answered, the sequence of reports, and the ids of the commands that were carried out.</summary>
internal sealed class DeviceStore(DeviceDatabase database)
{
    private const int CommandsKept = 1000;

    /// <summary>The next sequence, never given again.</summary>
    public long NextSequence() => database.Find("UPDATE sequence SET next = next + 1 RETURNING next - 1", row => row.GetInt64(0));

    /// <summary>Keeps a fact that is made with its sequence; one that is kept already stays as it is.</summary>
    public void AddFact(Guid id, Func<long, DatedReport> fact) => database.Transact(() => database.Execute(
        "INSERT OR IGNORE INTO fact (id, body, digest) VALUES ($id, $body, sha256($body))",
        ("$id", Key(id)),
        ("$body", ProtocolJson.Write(fact(NextSequence())))));

    public DatedReport? OldestFact() =>
        database.Find("SELECT body FROM fact ORDER BY place LIMIT 1", row => Read(row.GetFieldValue<byte[]>(0)));

    /// <summary>
    /// The fact that this was, or null where none has that id. A power cut may bring it back: it is sent again then, and the hub
    /// gives the same answer.
    /// </summary>
    public DatedReport? RemoveFact(Guid id) => database.TransactWithoutSync(() =>
        database.Find("DELETE FROM fact WHERE id = $id RETURNING body", row => Read(row.GetFieldValue<byte[]>(0)), ("$id", Key(id))));

    /// <summary>Leaves nothing on the disk of the facts that were removed.</summary>
    public void EraseRemoved() => database.Erase();

    public int CountFacts() => database.Find("SELECT count(*) FROM fact", row => row.GetInt32(0));

    /// <summary>Whether the command is new; from now on it is not.</summary>
    public bool AddCommand(Guid id) => database.Transact(() =>
    {
        var added = database.Execute("INSERT OR IGNORE INTO command (id) VALUES ($id)", ("$id", Key(id))) == 1;
        database.Execute("DELETE FROM command WHERE place <= (SELECT max(place) FROM command) - $kept", ("$kept", CommandsKept));
        return added;
    });

    private static DatedReport Read(byte[] body) =>
        ProtocolJson.Read<DatedReport>(body) ?? throw new InvalidDataException("A fact on the disk is not one of this version.");

    private static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);
}
