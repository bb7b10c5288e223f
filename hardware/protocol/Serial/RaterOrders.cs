using System.Globalization;

namespace Reception.Protocol.Serial;

/// <summary>What is said to a five-button rater (section 4), as bodies of frames.</summary>
public static class RaterOrders
{
    /// <summary>Say <c>HELLO</c>.</summary>
    public const string Identify = "IDENT";

    /// <summary>Stop lighting the faces.</summary>
    public const string Close = "CLOSE";

    /// <summary>The press is on the agent's disk: forget it.</summary>
    public static string Acknowledge(uint sequence) => string.Create(CultureInfo.InvariantCulture, $"ACK,{sequence}");

    /// <summary>Blink that face; sent right after the acknowledgement.</summary>
    public static string Thank(int level) => string.Create(CultureInfo.InvariantCulture, $"THANKS,{level}");

    /// <summary>Light the five faces for so many seconds.</summary>
    public static string Open(int seconds) => string.Create(CultureInfo.InvariantCulture, $"OPEN,{seconds}");
}
