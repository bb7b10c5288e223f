namespace Reception.Device.Reporting;

/// <summary>
/// What a device keeps on its disk: facts until they are answered, the sequence of its reports, and the ids of the commands it
/// has carried out.
/// </summary>
internal sealed class DeviceStore(string path) : IDisposable
{
    private const int CommandsKept = 1000;

    private readonly DeviceDatabase _disk = new(path, """
        CREATE TABLE IF NOT EXISTS fact (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, type TEXT NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS command (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;
        CREATE TABLE IF NOT EXISTS sequence (one INTEGER PRIMARY KEY CHECK (one = 1), next INTEGER NOT NULL) STRICT;
        INSERT OR IGNORE INTO sequence (one, next) VALUES (1, 1);
        """);

    /// <summary>The next sequence, never given again.</summary>
    public long NextSequence() => _disk.Find("UPDATE sequence SET next = next + 1 RETURNING next - 1", row => row.GetInt64(0));

    /// <summary>Keeps a fact whose body is made from its sequence; one that is kept already stays as it is.</summary>
    public void AddFact(Guid id, string type, Func<long, byte[]> body) => _disk.Transact(() => _disk.Execute(
        "INSERT OR IGNORE INTO fact (id, type, body) VALUES ($id, $type, $body)", ("$id", Key(id)), ("$type", type), ("$body", body(NextSequence()))));

    public KeptFact? OldestFact() => _disk.Find(
        "SELECT id, type, body FROM fact ORDER BY place LIMIT 1",
        row => new KeptFact(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true), row.GetString(1), row.GetFieldValue<byte[]>(2)));

    /// <summary>The type of the fact that this was, or null where none has that id.</summary>
    public string? RemoveFact(Guid id) => _disk.Find("DELETE FROM fact WHERE id = $id RETURNING type", row => row.GetString(0), ("$id", Key(id)));

    public int CountFacts() => _disk.Find("SELECT count(*) FROM fact", row => row.GetInt32(0));

    /// <summary>Whether the command is new; from now on it is not.</summary>
    public bool AddCommand(Guid id) => _disk.Transact(() =>
    {
        var added = _disk.Execute("INSERT OR IGNORE INTO command (id) VALUES ($id)", ("$id", Key(id))) == 1;
        _disk.Execute("DELETE FROM command WHERE place <= (SELECT max(place) FROM command) - $kept", ("$kept", CommandsKept));
        return added;
    });

    public void Dispose() => _disk.Dispose();

    private static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);
}
