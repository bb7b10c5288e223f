using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Ratings;

/// <summary>A reason follows a rating of level 1 or 2 within 60 s; the last one counts, and the level stays.</summary>
internal sealed record GiveReason(string Device, Guid Rating, string Reason, DateTimeOffset At) : JournalCommand
{
    private static readonly Refusal Impossible = Refusal.NotNow(
        "Lý do chỉ đi kèm mức Thất vọng hoặc Chưa tốt, trong một phút.", "A reason follows a level 1 or 2 within a minute.");

    public override Decision Decide(WorkingHall working) =>
        RatingRow.Of(working, Rating) is { Level: <= 2 } rating && rating.Device == Device
            && (ReportTime.Believed(At, working.Now) - rating.At).Duration() <= HallState.RatingWindow
            ? Decision.Happened(new Reply.Done(), new RatingChanged(working.Now, RatingChange.Reasoned, rating with { Reason = Reason }))
            : Decision.Refused(Impossible);

    public override Told Tell(Reply reply, WorkingHall working) => new(StatusCodes.Status200OK, "{}"u8.ToArray());
}
