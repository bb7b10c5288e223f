using System.Globalization;
using System.Text;

namespace Reception.Protocol.Serial;

/// <summary>A key of the counter's keypad: <c>KEY,&lt;sequence&gt;,&lt;key&gt;</c>, in the same framing.</summary>
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

/// <summary>What is said to the keypad about a key, as bodies of frames.</summary>
public static class KeypadOrders
{
    /// <summary>The hub has carried the key out.</summary>
    public const string Done = "done";

    /// <summary>The hub did not answer within 10 s: nothing happened, and nothing will.</summary>
    public const string Away = "away";

    /// <summary>What became of a key: <see cref="Done"/>, <see cref="Away"/>, or the code of the hub's refusal.</summary>
    public static string Result(uint sequence, string code) => string.Create(CultureInfo.InvariantCulture, $"RESULT,{sequence},{code}");
}

/// <summary>What is said to the sign above the counter, as bodies of frames.</summary>
public static class SignOrders
{
    private const string Order = "SHOW,";

    /// <summary>Show the text; an empty one clears the sign. What a frame can't carry is left out.</summary>
    public static string Show(string text)
    {
        var body = Order + string.Concat(text.Where(character => Frame.IsBodyByte(character)));
        return body[..Math.Min(body.Length, Frame.LongestBody)];
    }
}
