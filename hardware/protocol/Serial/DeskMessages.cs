using System.Globalization;
using System.Text;

namespace Reception.Protocol.Serial;

/// <summary>A key of the desk's keypad: <c>KEY,&lt;sequence&gt;,&lt;key&gt;</c>, in the same framing.</summary>
/// <param name="Key"><c>next</c>, <c>recall</c>, <c>finish</c> or <c>no-show</c>.</param>
public sealed record KeypadKey(uint Sequence, string Key)
{
    /// <summary>The key of a frame's body, or null where it is none.</summary>
    public static KeypadKey? Read(ReadOnlySpan<byte> body) => Encoding.ASCII.GetString(body).Split(',') switch
    {
        ["KEY", var sequence, ("next" or "recall" or "finish" or "no-show") and var key]
            when uint.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new KeypadKey(number, key),
        _ => null,
    };
}

/// <summary>What is said to the sign above the desk.</summary>
public static class SignOrders
{
    /// <summary>Show the text; an empty one clears the sign.</summary>
    public static string Show(string text) => $"SHOW,{text}";
}
