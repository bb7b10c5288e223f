namespace Reception.Rater.Rating;

/// <summary>The hub invites a rating of one ticket, until an instant of the rater's monotonic clock.</summary>
internal sealed record Invitation(Guid Ticket, string Number, TimeSpan Until);
