namespace Reception.Device.Reporting;

/// <summary>A fact that is on the disk.</summary>
/// <param name="Id">The report's id; of a rating's first press also the rating's.</param>
/// <param name="At">The instant in the report.</param>
public sealed record Fact(Guid Id, DateTimeOffset At);
