namespace Reception.Runner;

/// <summary>
/// How long a program that ended stays away: one that was killed is started again at once, one that ended by itself after 0.2 s, and
/// each further time that it ends by itself before it was ready after twice as long, up to 10 s.
/// </summary>
internal sealed class RestartPause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _last = TimeSpan.Zero;

    public TimeSpan After(Life life)
    {
        if (life.WasKilled)
        {
            return TimeSpan.Zero;
        }

        _last = life.WasReady || _last == TimeSpan.Zero ? Shortest : _last * 2;
        return _last = _last < Longest ? _last : Longest;
    }
}
