using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Reception.Mqtt;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// A real Mosquitto on a free port with the product's rules: no anonymous client, a device reads and writes its own topics
/// only. The user <c>hub</c> always exists; every user's secret is its name with <c>-secret</c> behind.
/// </summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    // Without the newline at its end Mosquitto 2.0.11 cuts the last rule's last letter off.
    private const string AccessRules = """
        user hub
        topic readwrite reception/v1/#

        pattern write reception/v1/device/%u/presence
        pattern write reception/v1/device/%u/report
        pattern read reception/v1/device/%u/presence
        pattern read reception/v1/device/%u/answer
        pattern read reception/v1/device/%u/command
        pattern read reception/v1/hall

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-broker-").FullName;
    private readonly SortedSet<string> _users = new(StringComparer.Ordinal) { "hub" };
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;

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
        await File.WriteAllTextAsync(Path.Combine(broker._folder, "acl"), AccessRules);
        await File.WriteAllTextAsync(Path.Combine(broker._folder, "mosquitto.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listener {broker.Port} 127.0.0.1
            user {Environment.UserName}
            allow_anonymous false
            password_file {broker._folder}/passwd
            acl_file {broker._folder}/acl
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
    public async Task KillAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it on the same port with the same users.</summary>
    public async Task StartAgainAsync()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("mosquitto", ["-c", Path.Combine(_folder, "mosquitto.conf")]) { RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            _said.Enqueue(line.Data ?? "");
            if (line.Data?.EndsWith(" running", StringComparison.Ordinal) == true)
            {
                running.TrySetResult();
            }
        };
        _process.Exited += (_, _) => running.TrySetException(new InvalidOperationException($"Mosquitto ended: {string.Join('\n', _said)}"));
        _process.Start();
        _process.BeginErrorReadLine();
        await running.Task.WaitAsync(TimeSpan.FromSeconds(15));
    }

    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAgainAsync();
    }

    /// <summary>Lets a device in, or throws it out, and makes the broker reread (SIGHUP).</summary>
    public void Allow(string user, bool allowed = true)
    {
        if (allowed)
        {
            _users.Add(user);
        }
        else
        {
            _users.Remove(user);
        }

        WriteUsers();
        using var signal = Process.Start("kill", ["-HUP", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        signal.WaitForExit();
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
