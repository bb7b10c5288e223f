using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Catalog;
using Reception.Device.Session;
using Reception.Device.Storage;
using Reception.Hall.Tests.Broker;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>What another machine gets without TLS, and with it.</summary>
public sealed class PlainHttpTests : IAsyncLifetime
{
    private OtherMachine _machine = null!;
    private TlsFolder _hall = null!;
    private Spawned _hub = null!;

    private string Plain => string.Create(CultureInfo.InvariantCulture, $"http://{_machine.Hub}:{_hall.Http}");

    private string Secure => string.Create(CultureInfo.InvariantCulture, $"https://{_machine.Hub}:{_hall.Https}");

    private string Authority => Path.Combine(_hall.Path, "tls", "authority.crt");

    public async ValueTask InitializeAsync()
    {
        // Before the certificate is made, which has the addresses of then.
        _machine = await OtherMachine.ConnectAsync();
        _hall = await TlsFolder.MakeAsync(onNetwork: true);
        _hub = Spawned.Program("hub", "serve", "--config", _hall.Configuration);
        await Eventually.TrueAsync(() => ApiClient.IsReadyAsync(_hall.Http), () => _hub.All, TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.KillAsync();
        _hub.Dispose();
        _hall.Dispose();
        await _machine.DisposeAsync();
    }

    [Fact]
    public async Task Without_TLS_another_machine_gets_what_has_no_session_and_no_secret()
    {
        foreach (var path in new[] { "/", "/trust", "/display", "/api/v1/hall", "/api/v1/catalog", "/healthz", "/authority.crt", "/_content/Reception.Theme/theme.css", "/voice/vi/call.wav" })
        {
            Assert.StartsWith($"{path} HTTP/1.1 200", $"{path} {await _machine.CurlAsync(Plain + path)}", StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/signin", "/console?a=b", "/dashboard", "/admin/officers", "/api/v1/devices", "/api/v1/join", "/openapi/v1.json", "/no-such-page", "/tools" })
        {
            var said = await _machine.CurlAsync(Plain + path, "--header", "Authorization: Bearer rater-1:x");
            Assert.StartsWith($"{path} HTTP/1.1 308", $"{path} {said}", StringComparison.Ordinal);
            Assert.Contains($"Location: {Secure}{path}", said.Split('\n').Select(line => line.Trim()));
        }

        var signIn = await _machine.CurlAsync(Plain + "/api/v1/session", "--json", """{"officer":"ld01","pin":"1","counter":null}""");
        Assert.StartsWith("HTTP/1.1 308", signIn, StringComparison.Ordinal);
        using var here = new ApiClient(_hall.Http);
        Assert.Equal("401 wrong-pin", (await here.SignInAsync(HallPlan.Leader, null, "1")).Brief);
    }

    [Fact]
    public async Task Who_listens_to_the_cable_hears_no_PIN_no_session_no_secret_and_no_rating()
    {
        var pin = await NewPinAsync();
        var cookie = "";
        var report = $$$"""{"id":"{{{Guid.CreateVersion7()}}}","sequence":1,"at":"2026-12-01T08:00:00.000+07:00","type":"rating.pressed","data":{"level":5}}""";
        var heard = await _machine.CaptureAsync(async () =>
        {
            await _machine.CurlAsync(Plain + "/signin");
            cookie = CookieOf(await CurlAsync(Secure + "/api/v1/session", "--json", $$"""{"officer":"ld01","pin":"{{pin}}"}"""));
            await ChangePinAsync(cookie, pin);
            Assert.Contains(" 200", (await CurlAsync(Secure + "/dashboard", "--header", $"Cookie: {cookie}")).Split('\n')[0], StringComparison.Ordinal);
            var sent = await _machine.RunAsync(
                "mosquitto_pub", "-V", "mqttv5", "-q", "1", "--cafile", Authority, "-h", $"{_machine.Hub}", "-p", $"{_hall.TlsPort}",
                "-u", "rater-1", "-P", _hall.Secret, "-t", "reception/v1/device/rater-1/report", "-m", report);
            Assert.True(sent.Length == 0, sent);
        });

        Assert.True(Holds("GET /signin"), "nothing was heard");
        foreach (var secret in new[] { pin, cookie.Split('=')[1], "__Host-reception", _hall.Secret, "rater-1", "rating.pressed", "ld01" })
        {
            Assert.False(Holds(secret), $"{secret} was heard");
        }

        bool Holds(string text) => heard.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }

    [Fact]
    public async Task With_TLS_it_signs_in_and_its_cookie_never_leaves_in_clear()
    {
        var pin = await NewPinAsync();
        var refused = await _machine.CurlAsync(Secure + "/healthz");
        Assert.Contains("curl: (60)", refused, StringComparison.Ordinal);

        var signIn = await CurlAsync(Secure + "/api/v1/session", "--json", $$"""{"officer":"ld01","pin":"{{pin}}"}""");
        Assert.True(signIn.Contains(" 204", StringComparison.Ordinal), signIn);
        Assert.Contains("; path=/; secure; samesite=strict; httponly", LineOf(signIn), StringComparison.OrdinalIgnoreCase);

        var token = CookieOf(signIn);
        await ChangePinAsync(token, pin);
        Assert.Contains(" 200", (await CurlAsync(Secure + "/api/v1/devices", "--header", $"Cookie: {token}")).Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains(" 401", (await CurlAsync(Secure + "/api/v1/devices", "--header", $"Cookie: {token.Replace("__Host-", "", StringComparison.Ordinal)}")).Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_asks_the_hub_of_its_own_authority_alone()
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Authority);
        using var other = await TlsFolder.MakeAsync();
        using var foreign = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(other.Path, "tls", "authority.crt"));
        var folder = Directory.CreateTempSubdirectory("reception-catalog-").FullName;
        using (var database = DeviceDatabase.Open(folder, TimeProvider.System, NullLogger<DeviceDatabase>.Instance))
        {
            await using var own = new CatalogCache(HubHttp.Open(new Uri(Secure), authority), database, TimeProvider.System, NullLogger<CatalogCache>.Instance);
            own.Start();
            Assert.NotNull(await own.WaitAsync(_ => true, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        }

        using var stranger = HubHttp.Open(new Uri(Secure), foreign);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync("/api/v1/catalog", TestContext.Current.CancellationToken));
        Assert.Equal(HttpRequestError.SecureConnectionError, failure.HttpRequestError);
        Directory.Delete(folder, recursive: true);
    }

    private static string LineOf(string response) =>
        response.Split('\n').Single(line => line.StartsWith("set-cookie: __Host-reception=", StringComparison.OrdinalIgnoreCase));

    private static string CookieOf(string response) => LineOf(response).Split(':', 2)[1].Split(';')[0].Trim();

    private async Task<string> NewPinAsync()
    {
        var (code, said) = await Typed.HubAsync("officer", "pin", HallPlan.Leader, "--data", _hall.Path);
        Assert.True(code == 0, said);
        return new string([.. said.Where(char.IsAsciiDigit)])[^6..];
    }

    /// <summary>A PIN that the technician made is changed before anything else.</summary>
    private async Task ChangePinAsync(string cookie, string pin)
    {
        var changed = await CurlAsync(Secure + "/account/pin", "--header", $"Cookie: {cookie}", "--data", $"present={pin}&fresh=814273&again=814273");
        Assert.True(changed.Contains(" 302", StringComparison.Ordinal), changed);
    }

    private Task<string> CurlAsync(params IEnumerable<string> arguments) => _machine.CurlAsync(["--cacert", Authority, .. arguments]);
}
