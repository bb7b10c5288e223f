namespace Reception.Hub.Province;

/// <summary>How long to leave the province alone after a failure: 1 s doubling to 15 min, 20 % more or less.</summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    // With 20 % more this is 15 min; were it capped after the jitter, half of the halls would come back at one instant.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(12.5);

    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next(TimeSpan? retryAfter = null)
    {
        var plain = First * Math.Pow(2, Math.Min(_failures++, 20));
        var jittered = (plain < Longest ? plain : Longest) * (0.8 + (0.4 * random.NextDouble()));
        if (retryAfter is not { } asked)
        {
            return jittered;
        }

        // Never sooner than asked, a little later so that not all halls come at one instant, and never at once: an
        // answer of 0 s is no leave to hammer.
        var later = (asked > First ? asked : First) * (1 + (0.1 * random.NextDouble()));
        return later < LongestAsked ? later : LongestAsked;
    }
}
