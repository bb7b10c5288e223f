using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Reception.Hub.Site;

namespace Reception.Hub.Staff;

/// <summary>Hashes PINs the way ASP.NET Core's Identity does.</summary>
internal static class Pins
{
    private static readonly PasswordHasher<string> Hasher = new();

    // Checked where the officer is unknown, so that the time of an answer does not tell.
    private static readonly string Nobody = Hash("", "0000");

    /// <summary>Gives somebody a new PIN of six digits, which is known from now on to its owner alone.</summary>
    public static string GiveNew(SetupBook book, string code, Author by)
    {
        var pin = RandomNumberGenerator.GetString("0123456789", 6);
        book.SetPin(code, Hash(code, pin), by);
        return pin;
    }

    public static string Hash(string code, string pin) => Hasher.HashPassword(code, pin);

    public static bool Verify(string code, string? hash, string pin) =>
        Hasher.VerifyHashedPassword(code, hash ?? Nobody, pin) != PasswordVerificationResult.Failed && hash is not null;
}
