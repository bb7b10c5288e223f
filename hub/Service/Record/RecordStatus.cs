namespace Reception.Hub.Record;

/// <summary>The newest verification of the record, for the dashboard and the health page.</summary>
internal sealed class RecordStatus
{
    private volatile VerifiedRecord? _newest;

    public VerifiedRecord? Newest => _newest;

    public void Publish(VerifiedRecord verified) => _newest = verified;
}

/// <summary>A verification that a hub made by itself.</summary>
/// <param name="At">When.</param>
/// <param name="Days">How many of the newest business days; null for all of them.</param>
/// <param name="Result">What it came to.</param>
internal sealed record VerifiedRecord(DateTimeOffset At, int? Days, VerificationResult Result);
