using System.Security.Cryptography;
using System.Text;

namespace Reception.Hub.Site;

/// <summary>Random secrets and codes in letters and digits that are not mistaken for each other.</summary>
internal static class Secrets
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A secret of about 158 bits.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, 32);

    /// <summary>The code that ends a ticket's link: 17 characters of 31 are 84 bits.</summary>
    public static string LinkCode() => RandomNumberGenerator.GetString(Alphabet, 17);

    /// <summary>What the registry keeps of a device's secret. The secret is random, so one round of SHA-256 is enough.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a hash was made of this secret; takes the same time whatever the secret is.</summary>
    public static bool Matches(string secret, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(hash));
}
