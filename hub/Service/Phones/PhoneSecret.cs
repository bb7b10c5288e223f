using System.Security.Cryptography;
using System.Text;
using Reception.Hosting;
using Reception.Hub.Site;

namespace Reception.Hub.Phones;

/// <summary>The secret that codes of presence are made of: kept in the data folder, so that they outlive a restart.</summary>
internal sealed class PhoneSecret
{
    private readonly byte[] _key;

    private PhoneSecret(string secret) => _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Reads the secret of a data folder, or makes it.</summary>
    public static PhoneSecret Of(string folder)
    {
        var path = Path.Combine(folder, "phone.secret");
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, Secrets.New());
        }

        return new PhoneSecret(File.ReadAllText(path).Trim());
    }

    /// <summary>32 bytes that only this hub can make of a text.</summary>
    public byte[] Sign(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
