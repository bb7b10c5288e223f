using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Site;

/// <summary>Lines that the trail has by now wait no more.</summary>
internal sealed record ForgetCarried(IReadOnlyList<TrailLine> Lines) : JournalCommand
{
    public override Decision Decide(WorkingHall working) => Decision.Nothing;

    public override Told Tell(Reply reply, WorkingHall working)
    {
        foreach (var line in Lines)
        {
            working.Run("DELETE FROM trail WHERE id = $p0", line.Id.ToByteArray(bigEndian: true));
        }

        return new Told(StatusCodes.Status204NoContent, []);
    }
}
