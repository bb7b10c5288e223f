using System.Diagnostics;
using System.Globalization;

namespace Reception.Load;

/// <summary>Eclipse Mosquitto without users, the yardstick of the hub's broker.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-mosquitto-").FullName;
    private Process _process = null!;

    public int Port { get; } = LoadHall.FreePort();

    public static async Task<Mosquitto> StartAsync(CancellationToken cancellation)
    {
        var mosquitto = new Mosquitto();
        var configuration = Path.Combine(mosquitto._folder, "mosquitto.conf");
        await File.WriteAllTextAsync(
            configuration,
            string.Create(CultureInfo.InvariantCulture, $"listener {mosquitto.Port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nlog_type none\n"),
            cancellation);
        mosquitto._process = Process.Start("mosquitto", ["-c", configuration]);
        await LoadHall.UntilAsync("Mosquitto", () => LoadHall.Accepts(mosquitto.Port), cancellation);
        return mosquitto;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
