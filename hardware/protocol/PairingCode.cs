using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reception.Protocol;

/// <summary>
/// The six digits by which a person sees that a new device and the hub speak with each other: both compute them, and somebody between them, who has
/// another certificate authority, gets other digits.
/// </summary>
public static class PairingCode
{
    private const uint Codes = 1_000_000;

    /// <summary>The code, such as <c>417902</c>.</summary>
    /// <param name="authority">The certificate of the hub's authority, as DER.</param>
    /// <param name="pairing">The pairing's id; its lower-case text with hyphens is hashed.</param>
    /// <param name="nonce">The device's nonce; its text is hashed as UTF-8.</param>
    public static string Of(ReadOnlySpan<byte> authority, Guid pairing, string nonce)
    {
        var hash = SHA256.HashData([.. authority, .. Encoding.ASCII.GetBytes(pairing.ToString("D")), .. Encoding.UTF8.GetBytes(nonce)]);
        return $"{BinaryPrimitives.ReadUInt32BigEndian(hash) % Codes:000000}";
    }

    /// <summary>The code as people compare it: <c>417 902</c>.</summary>
    public static string Shown(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return $"{code[..3]} {code[3..]}";
    }
}
