using System.Security.Cryptography;

namespace Reception.Hub.Site;

/// <summary>Random secrets and codes in letters and digits that are not mistaken for each other.</summary>
internal static class Secrets
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A secret of about 158 bits.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, 32);

    /// <summary>The code that ends a ticket's link: 17 characters of 31 are 84 bits.</summary>
    public static string LinkCode() => RandomNumberGenerator.GetString(Alphabet, 17);
}
