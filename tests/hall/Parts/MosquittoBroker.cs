using System.Globalization;
using System.Security.Cryptography;
using Reception.Mqtt;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// A real Mosquitto on a free port, a broker that is not the product's. No client is anonymous; the user <c>hub</c> always exists, and every
/// user's secret is its name with <c>-secret</c> behind.
/// </summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-broker-").FullName;
    private readonly SortedSet<string> _users = new(StringComparer.Ordinal) { "hub" };
    private Spawned _mosquitto = null!;

    private MosquittoBroker(IEnumerable<string> users)
    {
        _users.UnionWith(users);
        Port = FreePort.Next();
    }

    public int Port { get; }

    /// <summary>Starts a broker that lets <c>hub</c> and the given devices in; returns once it listens.</summary>
    public static async Task<MosquittoBroker> StartAsync(params IEnumerable<string> users)
    {
        var broker = new MosquittoBroker(users);
        broker.WriteUsers();
        await File.WriteAllTextAsync(Path.Combine(broker._folder, "mosquitto.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listener {broker.Port} 127.0.0.1
            user {Environment.UserName}
            allow_anonymous false
            password_file {broker._folder}/passwd
            persistence false
            set_tcp_nodelay true
            max_queued_messages 100000
            log_dest stderr
            log_type error
            log_type warning
            log_type notice
            log_type information
            """));
        await broker.StartAgainAsync();
        return broker;
    }

    public static string Secret(string user) => user + "-secret";

    /// <summary>A link's options for one of the users.</summary>
    public MqttLinkOptions Options(string user, params IReadOnlyList<string> subscriptions) => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        User = user,
        Secret = Secret(user),
        Subscriptions = subscriptions,
    };

    /// <summary>Kills the broker, as a power cut does.</summary>
    public Task KillAsync() => _mosquitto.KillAsync();

    /// <summary>Starts it on the same port with the same users.</summary>
    public async Task StartAgainAsync()
    {
        _mosquitto = Spawned.Start("mosquitto", "-c", Path.Combine(_folder, "mosquitto.conf"));
        await Eventually.TrueAsync(
            () => _mosquitto.HasEnded || _mosquitto.Said.Any(line => line.EndsWith(" running", StringComparison.Ordinal)), () => _mosquitto.All);
        Assert.False(_mosquitto.HasEnded, _mosquitto.All);
    }

    /// <summary>Lets a device in, and makes the broker read its users again (SIGHUP).</summary>
    public void Allow(string user)
    {
        _users.Add(user);
        WriteUsers();
        _mosquitto.Signal(1);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void WriteUsers() => File.WriteAllLines(Path.Combine(_folder, "passwd"), _users.Select(user => $"{user}:{Hash(Secret(user))}"));

    /// <summary>As mosquitto_passwd writes it: PBKDF2 with SHA-512, 12 bytes of salt.</summary>
    private static string Hash(string secret)
    {
        const int Iterations = 101;
        var salt = RandomNumberGenerator.GetBytes(12);
        var hash = Rfc2898DeriveBytes.Pbkdf2(secret, salt, Iterations, HashAlgorithmName.SHA512, 64);
        return $"$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }
}
