using Microsoft.Data.Sqlite;
using Reception.Device.Reporting;

namespace Reception.CounterAgent.Rater;

/// <summary>Which box a press is of: its serial, or its port's path, and the epoch since it last lost its memory.</summary>
internal sealed record Box(string Name, long Epoch);

/// <summary>A press as it is written down.</summary>
/// <param name="Report">The id of the report that tells of it: the same each time the box repeats the press.</param>
/// <param name="IsTold">Whether the outbox has taken it.</param>
internal sealed record WrittenPress(Guid Report, bool IsTold);

/// <summary>
/// Every press that was taken from a box, known by (serial, epoch, sequence): <c>presses.db</c>. A press gets its report's id
/// here before it goes to the outbox, so that a kill between the two makes no second report of it.
/// </summary>
internal sealed class PressBook(string folder) : IDisposable
{
    /// <summary>A box repeats its oldest of 112 at most; what is this far back can't come again.</summary>
    private const int PressesKept = 10_000;

    private readonly DeviceDatabase _disk = new(Path.Combine(folder, "presses.db"), """
        CREATE TABLE IF NOT EXISTS box (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL, next INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS press (
          place INTEGER PRIMARY KEY, box TEXT NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL,
          report BLOB NOT NULL, told INTEGER NOT NULL DEFAULT 0, UNIQUE (box, epoch, sequence)) STRICT;
        CREATE TABLE IF NOT EXISTS port (path TEXT PRIMARY KEY, box TEXT NOT NULL) STRICT;
        """);

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
        _disk.Execute("INSERT INTO port (path, box) VALUES ($path, $box) ON CONFLICT (path) DO UPDATE SET box = excluded.box", ("$path", path), ("$box", name));

        var nameless = NamelessOn(path);
        var isOfNow = _disk.Find("SELECT 1 FROM press WHERE box = $path AND epoch = $nameless LIMIT 1", _ => new object(), ("$path", path), ("$nameless", nameless.Epoch)) is not null;
        if (isOfNow)
        {
            _disk.Execute(
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

    /// <summary>Writes a press down, or finds it where it was written down before.</summary>
    /// <param name="report">The id of its report, where it is new.</param>
    /// <exception cref="FactNotKeptException">The disk is full or broken.</exception>
    public WrittenPress Write(Box box, uint sequence, Guid report) => OnDisk(() =>
    {
        if (_disk.Execute(
            "INSERT OR IGNORE INTO press (box, epoch, sequence, report) VALUES ($box, $epoch, $sequence, $report)",
            ("$box", box.Name), ("$epoch", box.Epoch), ("$sequence", (long)sequence), ("$report", Key(report))) == 1)
        {
            _disk.Execute("UPDATE box SET next = max(next, $sequence + 1) WHERE name = $box", ("$sequence", (long)sequence), ("$box", box.Name));
            _disk.Execute("DELETE FROM press WHERE place <= (SELECT max(place) FROM press) - $kept", ("$kept", PressesKept));
        }

        return Find(box, sequence)!;
    });

    /// <summary>The outbox has the press: from now on its repeats are acknowledged, and nothing more.</summary>
    /// <exception cref="FactNotKeptException">The disk is full or broken.</exception>
    public void Tell(Guid report) => OnDisk(() => _disk.Execute("UPDATE press SET told = 1 WHERE report = $report", ("$report", Key(report))));

    public void Dispose() => _disk.Dispose();

    private Box NamelessOn(string path) => new(path, Find(path)?.Epoch ?? 0);

    private Box? LastOn(string path) => _disk.Find(
        "SELECT name, epoch FROM port JOIN box ON name = box WHERE path = $path", row => new Box(row.GetString(0), row.GetInt64(1)), ("$path", path));

    private WrittenPress? Find(Box box, uint sequence) => _disk.Find(
        "SELECT report, told FROM press WHERE box = $box AND epoch = $epoch AND sequence = $sequence",
        row => new WrittenPress(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true), row.GetBoolean(1)),
        ("$box", box.Name), ("$epoch", box.Epoch), ("$sequence", (long)sequence));

    private void Remember(Box box, uint next) => _disk.Execute(
        """
        INSERT INTO box (name, epoch, next) VALUES ($name, $epoch, $next)
        ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, next = CASE epoch WHEN excluded.epoch THEN max(next, excluded.next) ELSE excluded.next END
        """,
        ("$name", box.Name), ("$epoch", box.Epoch), ("$next", (long)next));

    private SeenBox? Find(string name) =>
        _disk.Find("SELECT epoch, next FROM box WHERE name = $name", row => new SeenBox(row.GetInt64(0), row.GetInt64(1)), ("$name", name));

    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            return _disk.Transact(work);
        }
        catch (SqliteException fault)
        {
            throw new FactNotKeptException($"The desk's disk takes nothing more: {fault.Message}", fault);
        }
    }

    private static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);

    /// <summary>How far a box was seen: its epoch, and the sequence after the highest in it.</summary>
    private sealed record SeenBox(long Epoch, long Next);
}
