using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Reception.Hub.Site;

/// <summary>Mosquitto's own files under <c>DATA/broker</c>: configuration, passwords and who may do what.</summary>
internal static class BrokerFiles
{
    /// <summary>The hub's own name at the broker.</summary>
    public const string HubUser = "hub";

    private const int Iterations = 101;
    private const int SaltBytes = 12;
    private const int HashBytes = 64;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string Permissions = """
        user hub
        topic readwrite reception/v1/#

        pattern write reception/v1/device/%u/presence
        pattern write reception/v1/device/%u/report
        pattern read reception/v1/device/%u/presence
        pattern read reception/v1/device/%u/answer
        pattern read reception/v1/device/%u/command
        pattern read reception/v1/hall

        """;

    /// <summary>Writes the broker's files for the registered devices; the hub's secret is made once.</summary>
    public static void Write(string data, string address, int port, HallSetup setup)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, "broker")).FullName;
        var secretPath = Path.Combine(folder, "hub.secret");
        if (!File.Exists(secretPath))
        {
            WritePrivate(secretPath, Secrets.New());
        }

        WritePrivate(Path.Combine(folder, "acl"), Permissions);
        WritePrivate(Path.Combine(folder, "mosquitto.conf"), Configuration(folder, address, port));
        WritePasswords(data, setup);
    }

    /// <summary>Writes the password file anew: who is not in it can't connect.</summary>
    public static void WritePasswords(string data, HallSetup setup)
    {
        var folder = Path.Combine(data, "broker");
        var lines = new StringBuilder();
        lines.Append(CultureInfo.InvariantCulture, $"{HubUser}:{Verifier(File.ReadAllText(Path.Combine(folder, "hub.secret")).Trim())}\n");
        foreach (var device in setup.Devices.Values)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{device.Id}:{device.Verifier}\n");
        }

        WritePrivate(Path.Combine(folder, "passwd"), lines.ToString());
    }

    /// <summary>Makes a running broker read its passwords again, which throws removed devices out; false where none runs.</summary>
    public static bool Reread(string data)
    {
        var pidPath = Path.Combine(data, "broker", "mosquitto.pid");
        if (!File.Exists(pidPath) || !int.TryParse(File.ReadAllText(pidPath).Trim(), CultureInfo.InvariantCulture, out var pid))
        {
            return false;
        }

        const int hangUp = 1;
        return IsBroker(pid) && Kill(pid, hangUp) == 0;
    }

    /// <summary>A secret as Mosquitto's password file holds it: PBKDF2 with SHA-512. Device secrets are random, so few rounds do.</summary>
    public static string Verifier(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Hash(secret, salt, Iterations))}";
    }

    /// <summary>Whether a secret is the one that a verifier was made of.</summary>
    public static bool Verify(string secret, string verifier)
    {
        var parts = verifier.Split('$');
        return parts is ["", "7", var rounds, var salt, var hash]
            && CryptographicOperations.FixedTimeEquals(
                Hash(secret, Convert.FromBase64String(salt), int.Parse(rounds, CultureInfo.InvariantCulture)), Convert.FromBase64String(hash));
    }

    /// <summary>Writes a file that its owner alone may read, whole or not at all.</summary>
    public static void WritePrivate(string path, string text)
    {
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = Private,
        }))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private static byte[] Hash(string secret, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, rounds, HashAlgorithmName.SHA512, HashBytes);

    // Started as root, Mosquitto 2.0.11 would drop to its own user and then could not read these files.
    private static string Configuration(string folder, string address, int port) => $"""
        listener {port.ToString(CultureInfo.InvariantCulture)} {address}
        allow_anonymous false
        password_file {folder}/passwd
        acl_file {folder}/acl
        pid_file {folder}/mosquitto.pid
        persistence false
        set_tcp_nodelay true
        user {Environment.UserName}
        log_dest stdout
        log_type error
        log_type warning
        log_type notice
        max_packet_size 524288
        max_queued_messages 10000

        """;

    private static bool IsBroker(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/comm").Trim() == "mosquitto";
        }
        catch (IOException)
        {
            // The process of an old pid file is gone: there is no broker to tell.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
