namespace Reception.Runner;

/// <summary>How a start of a program ended.</summary>
/// <param name="ExitCode">As a shell tells it: above 128 by a signal.</param>
/// <param name="WasReady">Whether it was ready before.</param>
/// <param name="LastWords">What it said last.</param>
internal sealed record Life(int ExitCode, bool WasReady, string LastWords)
{
    private const int NotFound = 127;

    // The signals that come from outside: HUP, INT, QUIT, KILL and TERM. A program that crashes brings others on itself.
    private static readonly int[] KilledCodes = [128 + 1, 128 + 2, 128 + 3, 128 + 9, 128 + 15];

    /// <summary>Whether somebody ended it, and not itself.</summary>
    public bool WasKilled => KilledCodes.Contains(ExitCode);

    /// <summary>The system did not start it.</summary>
    public static Life NotBegun(string reason) => new(NotFound, WasReady: false, reason);

    public override string ToString() => WasKilled ? $"was killed ({ExitCode})" : $"ended ({ExitCode}: {LastWords})";
}
