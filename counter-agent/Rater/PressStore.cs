using Microsoft.Data.Sqlite;
using Reception.Device.Reporting;
using Reception.Device.Storage;

namespace Reception.CounterAgent.Rater;

/// <summary>Which box a press is of: its serial, or its port's path, and the epoch since it last lost its memory.</summary>
internal sealed record Box(string Name, long Epoch);

/// <summary>Every press that was taken from a box, known by (serial, epoch, sequence), and the report that tells of it.</summary>
internal sealed class PressStore(DeviceDatabase database)
{
    /// <summary>A box repeats its oldest of 112 at most; what is this far back can't come again.</summary>
    private const int PressesKept = 10_000;

    /// <summary>
    /// A box has said who it is. A next sequence below what was seen starts a new epoch: the box was replaced under its name, or
    /// lost its memory. What was taken from its port under the port's path just before was the box's own.
    /// </summary>
    /// <exception cref="FactNotKeptException">The disk is full or broken.</exception>
    public (Box Box, bool IsForgetful) Meet(string name, uint next, string path) => OnDisk(() =>
    {
        var known = Find(name);
        var isForgetful = known is not null && next < known.Next;
        var box = new Box(name, (known?.Epoch ?? 0) + (isForgetful ? 1 : 0));
        Remember(box, next);
        database.Execute("INSERT INTO port (path, box) VALUES ($path, $box) ON CONFLICT (path) DO UPDATE SET box = excluded.box", ("$path", path), ("$box", name));

        var nameless = NamelessOn(path);
        var isOfNow = database.Find("SELECT 1 FROM press WHERE box = $path AND epoch = $nameless LIMIT 1", _ => new object(), ("$path", path), ("$nameless", nameless.Epoch)) is not null;
        if (isOfNow)
        {
            database.Execute(
                "UPDATE OR IGNORE press SET box = $name, epoch = $epoch WHERE box = $path AND epoch = $nameless AND sequence < $next",
                ("$name", box.Name), ("$epoch", box.Epoch), ("$path", path), ("$nameless", nameless.Epoch), ("$next", (long)next));
            // What is not this box's own is no later box's either.
            Remember(nameless with { Epoch = nameless.Epoch + 1 }, 0);
        }

        return (box, isForgetful);
    });

    /// <summary>Whether a box of this name was met before.</summary>
    /// <exception cref="FactNotKeptException">The disk is broken.</exception>
    public bool Knows(string name) => OnDisk(() => Find(name) is not null);

    /// <summary>Whether a press is not beyond what was seen of its box: it was written down before, or comes from a memory that was lost.</summary>
    /// <exception cref="FactNotKeptException">The disk is broken.</exception>
    public bool IsBehind(Box box, uint sequence) => OnDisk(() => Find(box, sequence) is not null || (Find(box.Name) is { } seen && seen.Epoch == box.Epoch && sequence < seen.Next));

    /// <summary>
    /// Whose a press is while the box on its port has not said who it is: the box's that was there last, where that has told this very
    /// sequence, as it does after an agent was killed before its acknowledgement; else that of a box under the port's path.
    /// </summary>
    /// <exception cref="FactNotKeptException">The disk is broken.</exception>
    public Box Nameless(string path, uint sequence) => OnDisk(() => LastOn(path) is { } last && Find(last, sequence) is not null ? last : NamelessOn(path));

    /// <summary>Keeps a press together with its report, or finds it where it was kept before; gives the report's id.</summary>
    /// <param name="report">Keeps the report of a press that is new, in the same transaction.</param>
    /// <exception cref="FactNotKeptException">The disk is full or broken.</exception>
    public Guid Add(Box box, uint sequence, Func<Guid> report) => OnDisk(() =>
    {
        if (Find(box, sequence) is { } known)
        {
            return known;
        }

        var id = report();
        database.Execute(
            "INSERT INTO press (box, epoch, sequence, report) VALUES ($box, $epoch, $sequence, $report)",
            ("$box", box.Name), ("$epoch", box.Epoch), ("$sequence", (long)sequence), ("$report", id.ToByteArray(bigEndian: true)));
        database.Execute("UPDATE box SET next = max(next, $sequence + 1) WHERE name = $box", ("$sequence", (long)sequence), ("$box", box.Name));
        database.Execute("DELETE FROM press WHERE place <= (SELECT max(place) FROM press) - $kept", ("$kept", PressesKept));
        return id;
    });

    private Box NamelessOn(string path) => new(path, Find(path)?.Epoch ?? 0);

    private Box? LastOn(string path) => database.Find(
        "SELECT name, epoch FROM port JOIN box ON name = box WHERE path = $path", row => new Box(row.GetString(0), row.GetInt64(1)), ("$path", path));

    private Guid? Find(Box box, uint sequence) => database.Find<Guid?>(
        "SELECT report FROM press WHERE box = $box AND epoch = $epoch AND sequence = $sequence",
        row => new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true),
        ("$box", box.Name), ("$epoch", box.Epoch), ("$sequence", (long)sequence));

    private void Remember(Box box, uint next) => database.Execute(
        """
        INSERT INTO box (name, epoch, next) VALUES ($name, $epoch, $next)
        ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, next = CASE epoch WHEN excluded.epoch THEN max(next, excluded.next) ELSE excluded.next END
        """,
        ("$name", box.Name), ("$epoch", box.Epoch), ("$next", (long)next));

    private SeenBox? Find(string name) =>
        database.Find("SELECT epoch, next FROM box WHERE name = $name", row => new SeenBox(row.GetInt64(0), row.GetInt64(1)), ("$name", name));

    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            return database.Transact(work);
        }
        catch (SqliteException fault)
        {
            throw new FactNotKeptException($"The disk takes nothing more: {fault.Message}", fault);
        }
    }

    /// <summary>How far a box was seen: its epoch, and the sequence after the highest in it.</summary>
    private sealed record SeenBox(long Epoch, long Next);
}
