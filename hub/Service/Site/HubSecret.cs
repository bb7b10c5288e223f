using System.Security.Cryptography;
using System.Text;
using Reception.Hosting;

namespace Reception.Hub.Site;

/// <summary>
/// The secret by which the hub knows what it signed: codes of presence, cookies of phones and browsers. It is kept in the data folder, so that they
/// outlive a restart.
/// </summary>
internal sealed class HubSecret
{
    private readonly byte[] _key;

    private HubSecret(string secret) => _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Reads the secret of a data folder, or makes it.</summary>
    public static HubSecret Of(string folder)
    {
        var path = Path.Combine(folder, "phone.secret");
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, Secrets.New());
        }

        return new HubSecret(File.ReadAllText(path).Trim());
    }

    /// <summary>32 bytes that only this hub can make of a text.</summary>
    public byte[] Sign(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
