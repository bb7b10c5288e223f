using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Ratings;

/// <summary>A reason follows a rating of level 1 or 2 within 60 s; the last one counts, and the level stays.</summary>
internal sealed record GiveReason(string Device, Guid Rating, string Reason, ReportTime Time) : JournalCommand<Done>
{
    private static readonly Refusal Impossible = Refusal.NotNow(
        "Lý do chỉ đi kèm mức Thất vọng hoặc Chưa tốt, trong một phút.", "A reason follows a level 1 or 2 within a minute.");

    public override Result<Done> Execute(HallTransaction transaction)
    {
        if (RatingRow.Of(transaction, Rating) is not { Level: <= 2 } rating || rating.Device != Device || (Time.At - rating.At).Duration() > HallState.RatingWindow)
        {
            return Impossible;
        }

        transaction.Append(new RatingChanged(transaction.Now, RatingChange.Reasoned, rating with { Reason = Reason }));
        return default(Done);
    }
}
