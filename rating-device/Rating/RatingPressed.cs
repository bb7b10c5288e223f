using System.Text.Json.Serialization;

namespace Reception.Rater.Rating;

/// <summary>Data of <c>rating.pressed</c>.</summary>
internal sealed record RatingPressed(int Level, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Ticket);

/// <summary>Data of <c>rating.reasoned</c>.</summary>
internal sealed record RatingReasoned(Guid Rating, string Reason);
