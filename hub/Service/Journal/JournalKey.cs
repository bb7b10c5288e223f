using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reception.Hosting;

namespace Reception.Hub.Journal;

/// <summary>
/// The secret that seals the journal. It is kept outside of the database: who can edit rows and compute the chain again has no seal that fits.
/// A credential of the service manager (<c>journal.key</c>) is used where there is one, else the file of that name in the data folder.
/// </summary>
internal sealed class JournalKey
{
    public const string Name = "journal.key";
    private const int Bytes = 32;

    /// <summary>Before a key that Windows has encrypted for this machine.</summary>
    private const string Protected = "dpapi:";

    private readonly byte[] _key;

    private JournalKey(byte[] key) => _key = key;

    /// <summary>Reads the key of a data folder, or makes it.</summary>
    public static JournalKey Of(string folder)
    {
        if (PathOf(folder) is var path && !File.Exists(path))
        {
            PrivateFile.Write(path, Kept(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes))));
        }

        var key = Read(path);
        if (OperatingSystem.IsWindows() && path == Path.Combine(folder, Name) && !File.ReadAllText(path).StartsWith(Protected, StringComparison.Ordinal))
        {
            // A backup brought it, or an earlier version made it.
            PrivateFile.Write(path, Kept(Convert.ToHexStringLower(key._key)));
        }

        return key;
    }

    /// <summary>Reads the key of a data folder; null where there is none.</summary>
    public static JournalKey? Find(string folder) => File.Exists(PathOf(folder)) ? Read(PathOf(folder)) : null;

    /// <summary>Writes the key as another machine can read it, in a backup.</summary>
    public void WriteTo(string folder) => PrivateFile.Write(Path.Combine(folder, Name), Convert.ToHexStringLower(_key));

    /// <summary>A day's seal: HMAC-SHA-256 in hex over the day, the sequence of its last row and that row's chain hash.</summary>
    public string Seal(DateOnly day, long last, ReadOnlySpan<byte> chain) =>
        Seal(string.Create(CultureInfo.InvariantCulture, $"day {day:yyyy-MM-dd} {last} {Convert.ToHexStringLower(chain)}"));

    /// <summary>HMAC-SHA-256 of a text, in hex.</summary>
    public string Seal(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    private static string PathOf(string folder) =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } credentials && File.Exists(Path.Combine(credentials, Name))
            ? Path.Combine(credentials, Name)
            : Path.Combine(folder, Name);

    /// <summary>The file's text: on Windows encrypted by the machine, so that a copied disk does not give the key away.</summary>
    private static string Kept(string digits) => OperatingSystem.IsWindows()
        ? Protected + Convert.ToBase64String(ProtectedData.Protect(Encoding.ASCII.GetBytes(digits), null, DataProtectionScope.LocalMachine))
        : digits;

    private static string Plain(string text, string path)
    {
        if (!OperatingSystem.IsWindows() || !text.StartsWith(Protected, StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            return Encoding.ASCII.GetString(ProtectedData.Unprotect(Convert.FromBase64String(text[Protected.Length..]), null, DataProtectionScope.LocalMachine));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new StartException($"data: {path} was made on another machine, or is damaged: {exception.Message.Trim()} Restore a backup, which has the key as this machine can read it.");
        }
    }

    private static JournalKey Read(string path)
    {
        var text = Plain(File.ReadAllText(path).Trim(), path);
        return text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigit)
            ? new JournalKey(Convert.FromHexString(text))
            : throw new StartException($"data: {path} is not a key of {2 * Bytes} hexadecimal digits; put back the right file, or take it away: a new key is made, and `hub verify` names the days that the old one sealed.");
    }
}
