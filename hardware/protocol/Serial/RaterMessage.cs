using System.Globalization;
using System.Text;

namespace Reception.Protocol.Serial;

/// <summary>What a five-button rater says (section 4).</summary>
public abstract record RaterMessage
{
    private const int LongestName = 8;
    private const string Version = "1";

    /// <summary>Who the box is: at start and after <c>IDENT</c>.</summary>
    /// <param name="Serial">Its serial number, at most 8 characters.</param>
    /// <param name="Firmware">Its firmware's version, at most 8 characters.</param>
    /// <param name="NextSequence">The sequence that its next press gets.</param>
    /// <param name="BootCount">How often it started.</param>
    /// <param name="ResetCause"><c>P</c>ower, <c>E</c>xternal, <c>B</c>rown-out or <c>W</c>atchdog.</param>
    public sealed record Hello(string Serial, string Firmware, uint NextSequence, uint BootCount, char ResetCause) : RaterMessage;

    /// <summary>The oldest press that is not acknowledged.</summary>
    /// <param name="Age">How long ago it was, in milliseconds; null where a power cut made it unknown.</param>
    public sealed record Press(uint Sequence, int Level, uint? Age) : RaterMessage;

    /// <summary>A sign of life, every 5 s.</summary>
    /// <param name="Uptime">Seconds since the start.</param>
    /// <param name="Unacknowledged">Presses not acknowledged.</param>
    /// <param name="BadFrames">Bad frames seen by the box.</param>
    public sealed record Beat(uint Uptime, uint Unacknowledged, uint BadFrames) : RaterMessage;

    /// <summary>A button was held for more than 10 s.</summary>
    public sealed record Stuck(int Level) : RaterMessage;

    /// <summary>The stuck button was released.</summary>
    public sealed record Freed(int Level) : RaterMessage;

    /// <summary>The message of a frame's body, or null where it is none.</summary>
    public static RaterMessage? Read(ReadOnlySpan<byte> body)
    {
        var fields = Encoding.ASCII.GetString(body).Split(',');
        return fields switch
        {
            ["HELLO", Version, { Length: > 0 and <= LongestName } serial, { Length: > 0 and <= LongestName } firmware, var next, var boots, ['P' or 'E' or 'B' or 'W'] cause]
                when Number(next) is { } nextSequence && Number(boots) is { } bootCount => new Hello(serial, firmware, nextSequence, bootCount, cause[0]),
            ["PRESS", var sequence, var level, var age] when Number(sequence) is { } number && LevelOf(level) is { } pressed && (age == "-1" || Number(age) is not null) =>
                new Press(number, pressed, Number(age)),
            ["BEAT", var uptime, var unacknowledged, var bad]
                when Number(uptime) is { } seconds && Number(unacknowledged) is { } waiting && Number(bad) is { } badFrames => new Beat(seconds, waiting, badFrames),
            ["STUCK", var level] when LevelOf(level) is { } stuck => new Stuck(stuck),
            ["FREED", var level] when LevelOf(level) is { } freed => new Freed(freed),
            _ => null,
        };
    }

    private static uint? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? LevelOf(string text) => Number(text) is { } level && Levels.IsLevel((int)Math.Min(level, int.MaxValue)) ? (int)level : null;
}
