namespace Reception.Hub.Statistics;

/// <summary>The answer to <c>GET /api/v1/ratings</c>; <c>Next</c> is the cursor of the following page.</summary>
internal sealed record RatingsDocument(IReadOnlyList<RatingDocument> Ratings, string? Next);

/// <summary>A rating as the wire contracts write it: codes and ids, no name.</summary>
/// <param name="ArrivedAt">When the press that counts came to the hub.</param>
/// <param name="Late">Whether it came long after it was made without a known reason; it then belongs to no ticket.</param>
internal sealed record RatingDocument(
    Guid Id, DateTimeOffset At, DateTimeOffset ArrivedAt, int Level, string? Reason, string? Officer, int? Counter, string? Service, Guid? Ticket, bool Attributed,
    bool Changed, bool Late)
{
    public static RatingDocument Of(RatingFigures rating) => new(
        rating.Id, rating.At, rating.ArrivedAt, rating.Level, rating.Reason, rating.Officer, rating.Counter, rating.Service, rating.Ticket, rating.Attributed,
        rating.Changed, rating.Late);
}
