using System.ComponentModel.DataAnnotations;
using Reception.Protocol;

namespace Reception.Hub.Statistics;

/// <summary>A page of ratings.</summary>
/// <param name="Ratings">The ratings, newest first.</param>
/// <param name="Next">The cursor of the following page; null where this is the last.</param>
internal sealed record RatingsDocument(IReadOnlyList<RatingDocument> Ratings, string? Next);

/// <summary>A rating: codes and ids, no name.</summary>
/// <param name="Id">The rating's id: that of the report of its first press.</param>
/// <param name="At">When the press that counts was made.</param>
/// <param name="ArrivedAt">When the press that counts came to the hub.</param>
/// <param name="Level">From 1 (disappointed) to 5 (love it).</param>
/// <param name="Reason"><c>attitude</c>, <c>wait</c>, <c>guidance</c>, <c>visits</c>, <c>papers</c> or <c>other</c>, or null.</param>
/// <param name="Officer">The code of the officer who served; null where it belongs to no ticket.</param>
/// <param name="Counter">The counter; null where it belongs to no ticket.</param>
/// <param name="Service">The code of the service; null where it belongs to no ticket.</param>
/// <param name="Ticket">The ticket's id; null where it belongs to none.</param>
/// <param name="Attributed">Whether it belongs to a ticket.</param>
/// <param name="Changed">Whether a second press within 5 s changed its level.</param>
/// <param name="Late">Whether it came long after it was made without a known reason; it then belongs to no ticket.</param>
internal sealed record RatingDocument(
    Guid Id, DateTimeOffset At, DateTimeOffset ArrivedAt,
    [property: Range(Levels.Lowest, Levels.Highest)] int Level, [property: ReasonCodes] string? Reason,
    string? Officer, int? Counter, string? Service, Guid? Ticket, bool Attributed, bool Changed, bool Late)
{
    public static RatingDocument Of(RatingFigures rating) => new(
        rating.Id, rating.At, rating.ArrivedAt, rating.Level, rating.Reason, rating.Officer, rating.Counter, rating.Service, rating.Ticket, rating.Attributed,
        rating.Changed, rating.Late);
}
