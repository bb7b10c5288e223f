using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reception.Hub.Site;

namespace Reception.Hub.Phones;

/// <summary>
/// The code on the hall's screens: who types it stands in the hall. A new one every ten minutes; the one before holds half as long again, for who
/// was reading it. It follows from the secret and the time alone.
/// </summary>
internal sealed class PresenceCode(HubSecret secret, TimeProvider clock)
{
    public const int Digits = 6;
    private const uint Codes = 1_000_000;

    public static TimeSpan Step { get; } = TimeSpan.FromMinutes(10);

    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(5);

    public string Current => Of(Now.Ticks / Step.Ticks);

    /// <summary>When the next one comes.</summary>
    public DateTimeOffset Until => new(((Now.Ticks / Step.Ticks) + 1) * Step.Ticks, TimeSpan.Zero);

    /// <summary>Whether a code, spaces aside, is one that holds now.</summary>
    public bool Holds(string code)
    {
        var (step, into) = Math.DivRem(Now.Ticks, Step.Ticks);
        var typed = string.Concat(code.Where(character => !char.IsWhiteSpace(character)));
        return Same(typed, Of(step)) | (into < Grace.Ticks && Same(typed, Of(step - 1)));
    }

    private DateTimeOffset Now => clock.GetUtcNow().ToUniversalTime();

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    // The rest of 2^64 favours the low codes by less than one in ten million million.
    private string Of(long step) =>
        (BinaryPrimitives.ReadUInt64BigEndian(secret.Sign(string.Create(CultureInfo.InvariantCulture, $"presence:{step}"))) % Codes)
            .ToString("D6", CultureInfo.InvariantCulture);
}
