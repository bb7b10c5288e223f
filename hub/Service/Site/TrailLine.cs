using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hub.Journal;

namespace Reception.Hub.Site;

/// <summary>
/// A line of the trail about what is kept in the journal's database. It is committed there with what it tells of, so that neither is without the
/// other after a crash, and waits to be carried to the trail.
/// </summary>
internal sealed record TrailLine(Guid Id, SetupChange Change, Author By)
{
    /// <summary>Keeps a line in the transaction of a command.</summary>
    public static void Keep(WorkingHall working, string officer, SetupChange change) => working.Run(
        "INSERT INTO trail(id, at, officer, part, old, new) VALUES ($p0, $p1, $p2, $p3, $p4, $p5)",
        Guid.CreateVersion7(working.Now).ToByteArray(bigEndian: true), working.Now.ToUnixTimeMilliseconds(), officer, change.Part, change.Old, change.New);

    /// <summary>The committed lines that wait, oldest first.</summary>
    public static IReadOnlyList<TrailLine> Waiting(JournalFile journal)
    {
        using var reader = journal.OpenReader();
        return [.. reader.Query<(byte[] Id, long At, string Officer, string Part, string? Old, string? New)>("SELECT id, at, officer, part, old, new FROM trail ORDER BY at, id")
            .Select(row => new TrailLine(
                new Guid(row.Id, bigEndian: true), new SetupChange(row.Part, row.Old, row.New), new Author(row.Officer, DateTimeOffset.FromUnixTimeMilliseconds(row.At))))];
    }
}
