using System.Text.Json;
using System.Text.Json.Nodes;
using Reception.Hosting;
using Reception.Protocol;

namespace Reception.Device.Pairing;

/// <summary>
/// What a device was given when it was paired, under its data folder: keys of settings that its settings file does not have. They are written as a
/// whole or not at all, and before the device uses them.
/// </summary>
public static class PairedSettings
{
    private const string Folder = "paired";
    private const string Name = "paired.json";
    private static readonly JsonSerializerOptions Written = new(ProtocolJson.Options) { WriteIndented = true };

    /// <summary>The file with the keys, whether it is there or not.</summary>
    /// <param name="data">The device's data folder.</param>
    public static string FileIn(string data) => Path.Combine(data, Name);

    /// <summary>Keeps what the hub gave.</summary>
    /// <param name="data">The device's data folder.</param>
    /// <param name="hub">Where the hub was found.</param>
    /// <param name="paired">What it gave.</param>
    /// <param name="hasCounter">Whether the settings of this kind of device have a counter.</param>
    internal static void Keep(string data, Uri hub, PairedDevice paired, bool hasCounter)
    {
        // A folder of its own: an interrupted pairing leaves the one before whole.
        var folder = PrivateFile.MakeFolder(Path.Combine(PrivateFile.MakeFolder(Path.Combine(data, Folder)), Guid.NewGuid().ToString("N")));
        var (secret, authority) = (Path.Combine(folder, "secret"), Path.Combine(folder, "authority.crt"));
        PrivateFile.Write(secret, paired.Secret);
        PrivateFile.Write(authority, paired.Authority);
        var broker = new JsonObject { ["host"] = paired.Mqtt.Host, ["port"] = paired.Mqtt.Port, ["secretFile"] = secret };
        if (paired.Mqtt.Tls != false)
        {
            broker["authority"] = authority;
        }

        var keys = new JsonObject { ["device"] = paired.Device, ["hub"] = hub.AbsoluteUri, ["broker"] = broker };
        if (hasCounter)
        {
            keys["counter"] = paired.Counter;
        }

        PrivateFile.Write(FileIn(data), keys.ToJsonString(Written));
        foreach (var old in Directory.EnumerateDirectories(Path.Combine(data, Folder)).Where(old => old != folder))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    /// <summary>Notes another counter; false where the device was not paired, or is there already.</summary>
    internal static bool Move(string data, int? counter)
    {
        var file = FileIn(data);
        if (!File.Exists(file) || JsonNode.Parse(File.ReadAllText(file)) is not JsonObject keys || !keys.ContainsKey("counter")
            || (int?)keys["counter"] == counter)
        {
            return false;
        }

        keys["counter"] = counter;
        PrivateFile.Write(file, keys.ToJsonString(Written));
        return true;
    }

    /// <summary>Forgets what the hub gave: the device waits to be paired again. False where there was nothing.</summary>
    public static bool Forget(string data)
    {
        var wasThere = File.Exists(FileIn(data));
        File.Delete(FileIn(data));
        if (Directory.Exists(Path.Combine(data, Folder)))
        {
            Directory.Delete(Path.Combine(data, Folder), recursive: true);
        }

        return wasThere;
    }
}
