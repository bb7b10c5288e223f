using System.Globalization;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Broker;

/// <summary>A hall that <c>hub setup</c> made, with one rater and the certificates for TLS.</summary>
internal sealed record TlsFolder(string Path, int Http, int Https, int PlainPort, int TlsPort, string Secret) : IDisposable
{
    public string Configuration => System.IO.Path.Combine(Path, "hub.json");

    /// <summary>Makes it; its hub is reached by other machines where <paramref name="onNetwork"/> says so.</summary>
    public static async Task<TlsFolder> MakeAsync(bool onNetwork = false)
    {
        var folder = Directory.CreateTempSubdirectory("reception-tls-").FullName;
        var plan = System.IO.Path.Combine(folder, "hall.json");
        await File.WriteAllTextAsync(plan, HallPlan.Json(1));
        var (http, https, plain, tls) = (FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
        var (code, said) = await Typed.HubAsync(
            "setup", "--data", folder, "--hall", plan, "--http", $"http://{(onNetwork ? "0.0.0.0" : "127.0.0.1")}:{http}",
            "--https-port", Number(https), "--mqtt-port", Number(plain), "--mqtt-tls-port", Number(tls), "--public-address", "none");
        Assert.True(code == 0, said);
        (code, said) = await Typed.HubAsync("device", "add", "rater-1", "rater", "1", "--data", folder);
        Assert.True(code == 0, said);
        return new TlsFolder(folder, http, https, plain, tls, said.Split('\n').First(line => line.Length == 32));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Its hub, for tests that take turns as its rater.</summary>
public sealed class TlsHall : IAsyncLifetime
{
    private TlsFolder _hall = null!;
    private Spawned _hub = null!;

    public string Folder => _hall.Path;

    public int PlainPort => _hall.PlainPort;

    public int TlsPort => _hall.TlsPort;

    public string Secret => _hall.Secret;

    public string Said => _hub.All;

    public async ValueTask InitializeAsync()
    {
        _hall = await TlsFolder.MakeAsync();
        _hub = Spawned.Program("hub", "serve", "--config", _hall.Configuration);
        await Eventually.TrueAsync(() => ApiClient.IsReadyAsync(_hall.Http), () => Said, TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.KillAsync();
        _hub.Dispose();
        _hall.Dispose();
    }
}
