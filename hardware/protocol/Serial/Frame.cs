using System.Globalization;
using System.Text;

namespace Reception.Protocol.Serial;

/// <summary>A frame of the serial line: <c>$</c> body <c>*</c> four upper-case hex digits of the CRC over the body, CR LF (section 4).</summary>
public static class Frame
{
    /// <summary>The longest body, in ASCII characters.</summary>
    public const int LongestBody = 48;

    /// <summary>The longest frame, in bytes, with its dollar sign and line end.</summary>
    public const int Longest = 1 + LongestBody + 1 + CrcDigits + 2;

    internal const int CrcDigits = 4;

    /// <summary>The frame of a body.</summary>
    /// <exception cref="ArgumentException">The body is longer than 48 characters, or holds something that a body can't.</exception>
    public static byte[] Encode(string body)
    {
        if (body.Length is 0 or > LongestBody || !body.All(character => IsBodyByte(character)))
        {
            throw new ArgumentException($"A body is 1 to {LongestBody} printable ASCII characters without $ and *.", nameof(body));
        }

        var crc = Crc16.Of(Encoding.ASCII.GetBytes(body));
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${body}*{crc:X4}\r\n"));
    }

    internal static bool IsBodyByte(int value) => value is >= ' ' and <= '~' and not '$' and not '*';
}
