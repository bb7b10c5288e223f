using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Staff;

/// <summary>Hashes PINs the way ASP.NET Core's Identity does.</summary>
internal static class Pins
{
    /// <summary>A PIN that a person chooses has so many digits.</summary>
    public const int ShortestOwn = 6;

    public const int Longest = 12;

    private static readonly PasswordHasher<string> Hasher = new();

    // Checked where the officer is unknown, so that the time of an answer does not tell.
    private static readonly string Nobody = Hash("", "0000");

    /// <summary>A new PIN of six digits, which is known from now on to its owner alone.</summary>
    public static string New() => RandomNumberGenerator.GetString("0123456789", 6);

    /// <summary>Keeps the hash of an officer's PIN; that it changed is in the audit log, what it is never.</summary>
    /// <param name="transaction">The transaction of the change.</param>
    /// <param name="officer">Whose PIN it is.</param>
    /// <param name="hash">What is kept of it: <see cref="Hash"/>.</param>
    /// <param name="by">The code of who changed it; null for a command on the hub's own machine.</param>
    /// <param name="mustChange">Whether its owner must change it first, because somebody else knows it.</param>
    /// <param name="keep">The hash of the token of the session that goes on; null where all end.</param>
    public static void Set(HallTransaction transaction, string officer, string hash, string? by, bool mustChange = false, byte[]? keep = null)
    {
        AuditLog.Add(transaction, by, new SetupChange($"officers.{officer}.pin", null, null));
        ConfigurationTables.WritePin(transaction, officer, hash, mustChange);
        // Who is signed in by the old one is no more, also after a restart.
        transaction.Run("DELETE FROM session WHERE person = $p0 AND token <> $p1", officer, keep ?? []);
        transaction.ReloadSetup();
    }

    /// <summary>Whether a person may choose it: 6 to 12 digits that are neither all the same nor in a row.</summary>
    public static bool IsGood(string pin) =>
        pin.Length is >= ShortestOwn and <= Longest && pin.All(char.IsAsciiDigit) && !IsEven(pin, 0) && !IsEven(pin, 1) && !IsEven(pin, -1);

    // Each digit is so far from the one before.
    private static bool IsEven(string pin, int step) => pin.Zip(pin.Skip(1)).All(pair => pair.Second - pair.First == step);

    public static string Hash(string code, string pin) => Hasher.HashPassword(code, pin);

    public static bool Verify(string code, string? hash, string pin) =>
        Hasher.VerifyHashedPassword(code, hash ?? Nobody, pin) != PasswordVerificationResult.Failed && hash is not null;
}
