namespace Reception.Hub.Statistics;

/// <summary>The answer to <c>GET /api/v1/ratings</c>; <c>Next</c> is the cursor of the following page.</summary>
internal sealed record RatingsDocument(IReadOnlyList<RatingDocument> Ratings, string? Next);

/// <summary>A rating as the wire contracts write it: codes and ids, no name.</summary>
internal sealed record RatingDocument(
    Guid Id, DateTimeOffset At, int Level, string? Reason, string? Officer, int? Counter, string? Service, Guid? Ticket, bool Attributed, bool Changed)
{
    public static RatingDocument Of(RatingFigures rating) => new(
        rating.Id, rating.At, rating.Level, rating.Reason, rating.Officer, rating.Counter, rating.Service, rating.Ticket, rating.Attributed, rating.Changed);
}
