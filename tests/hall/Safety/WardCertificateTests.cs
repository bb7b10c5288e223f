using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Reception.Device.Session;
using Reception.Hall.Tests.Broker;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests.Certificates;

namespace Reception.Hall.Tests.Safety;

/// <summary>An administrator brings a certificate of the ward's own: browsers get it by its name at once, devices go on with the hall's.</summary>
public sealed class WardCertificateTests(Chromium chromium) : IAsyncLifetime
{
    private const string Host = "mot-cua.phuong.example";
    private const string OwnPin = "814273";

    private readonly WardAuthority _ward = new(TimeProvider.System.GetUtcNow());
    private TlsFolder _hall = null!;
    private Spawned _hub = null!;

    private string Secure => string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{_hall.Https}");

    private string Authority => Path.Combine(_hall.Path, "tls", "authority.crt");

    private string Stored => Path.Combine(_hall.Path, "tls", "ward.pem");

    public async ValueTask InitializeAsync()
    {
        _hall = await TlsFolder.MakeAsync();
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(_hall.Configuration))!;
        settings["publicAddress"] = $"https://{Host}:{_hall.Https}";
        await File.WriteAllTextAsync(_hall.Configuration, settings.ToJsonString());
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _hall.Dispose();
        _ward.Dispose();
    }

    [Fact]
    public async Task It_is_in_force_at_once_and_after_a_restart_for_its_name_alone_and_goes_by_a_button()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var leaf = _ward.Issue(Host, now.AddDays(-1), now.AddDays(90));
        var cookie = await SignInAsync();
        Assert.Contains("curl: (60)", await AskAsync(RootFile(), Host), StringComparison.Ordinal);

        var wrong = await UploadAsync(cookie, leaf.ExportCertificatePem() + "\n" + leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Assert.Contains("HTTP/1.1 422", wrong, StringComparison.Ordinal);
        Assert.Contains("The issuer&#x27;s certificate is missing: CN=Ward issuer", wrong, StringComparison.Ordinal);
        Assert.False(File.Exists(Stored));

        var saved = await UploadAsync(cookie, leaf.ExportCertificatePem() + "\n" + leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n" + _ward.ChainPem);
        Assert.Contains("Location: /admin/certificate?saved", saved, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Stored));
        await AssertInForceAsync();
        Assert.Contains(Host, await PlainAsync("/admin/changes", cookie), StringComparison.Ordinal);

        await StopAsync();
        await StartAsync();
        await AssertInForceAsync();

        cookie = await SignInAsync();
        Assert.Contains("Location: /admin/certificate?saved", await PlainAsync("/admin/certificate/own", cookie, "--data", ""), StringComparison.Ordinal);
        Assert.False(File.Exists(Stored));
        Assert.Contains("curl: (60)", await AskAsync(RootFile(), Host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_or_ended_certificate_is_one_line_and_the_hub_goes_on()
    {
        await StopAsync();
        await File.WriteAllTextAsync(Stored, "-----BEGIN CERTIFICATE-----\ngarbage", TestContext.Current.CancellationToken);
        await StartAsync();
        Assert.Single(_hub.Said, line => line.Contains("ward.pem: The file holds no certificate.", StringComparison.Ordinal)
            && line.EndsWith("The hub serves its own certificate instead.", StringComparison.Ordinal));
        Assert.Contains(" 200", await AskAsync(Authority, "localhost"), StringComparison.Ordinal);

        await StopAsync();
        var now = TimeProvider.System.GetUtcNow();
        using var ended = _ward.Issue(Host, now.AddDays(-9), now.AddDays(-2));
        await File.WriteAllTextAsync(
            Stored, ended.ExportCertificatePem() + "\n" + ended.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n" + _ward.ChainPem, TestContext.Current.CancellationToken);
        await StartAsync();
        Assert.Single(_hub.Said, line => line.Contains("ward.pem: The certificate expired on", StringComparison.Ordinal));
        Assert.Contains("the ward's certificate: The certificate expired", await PlainAsync("/readyz", cookie: ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_is_told_to_stay_with_TLS_and_reaches_each_port_so()
    {
        var plain = await PlainAsync("/healthz", cookie: "");
        Assert.DoesNotContain("Strict-Transport-Security", plain, StringComparison.OrdinalIgnoreCase);
        foreach (var port in new[] { _hall.Https, _hall.Http })
        {
            var name = Environment.MachineName;
            var said = await CurlAsync("--cacert", Authority, "--resolve", $"{name}:{port}:127.0.0.1", $"https://{name}:{port}/healthz");
            Assert.Contains(" 200", said.Split('\n')[0], StringComparison.Ordinal);
            Assert.Contains("strict-transport-security: max-age=31536000", said, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Each_step_of_trusting_the_authority_has_a_picture_that_fits_a_small_phone_and_a_desk(string language)
    {
        var page = await chromium.OpenAsync(320, 700);
        await page.GotoAsync($"http://127.0.0.1:{_hall.Http}/trust?lang={language}");
        var faults = new List<string>(await Screens.ScreenHall.FaultsAsync(page));
        Assert.Equal(await page.Locator("main li").CountAsync(), await page.Locator("main li svg.shot").CountAsync());
        // No word of a picture is smaller than 11.5 px, or leaves the picture.
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("svg.shot")].flatMap(picture => [...picture.querySelectorAll("text")].filter(text => {
              const inside = text.getBoundingClientRect(), whole = picture.getBoundingClientRect();
              const size = parseFloat(getComputedStyle(text).fontSize) * picture.getScreenCTM().a;
              return size < 11.5 || inside.left < whole.left || inside.right > whole.right;
            }).map(text => text.textContent))
            """));
        await page.SetViewportSizeAsync(1280, 900);
        faults.AddRange(await Screens.ScreenHall.FaultsAsync(page));
        await page.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task The_page_is_right_at_a_desk_and_on_a_phone_and_takes_a_PFX_in_a_browser()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var leaf = _ward.Issue(Host, now.AddDays(-1), now.AddDays(90));
        await SignInAsync();
        var page = await chromium.OpenAsync(1280, 900);
        await page.GotoAsync($"http://127.0.0.1:{_hall.Http}/signin?next=%2Fadmin%2Fcertificate");
        await page.Context.APIRequest.PostAsync($"http://127.0.0.1:{_hall.Http}/api/v1/session", new APIRequestContextOptions
        {
            DataObject = new { officer = HallPlan.Administrator, pin = OwnPin },
            Headers = [new("Sec-Fetch-Site", "same-origin")],
        });
        await page.GotoAsync($"http://127.0.0.1:{_hall.Http}/admin/certificate");
        var faults = new List<string>(await Screens.ScreenHall.FaultsAsync(page));
        await page.SetViewportSizeAsync(320, 700);
        faults.AddRange(await Screens.ScreenHall.FaultsAsync(page));
        await page.SetViewportSizeAsync(1280, 900);

        await page.ClickAsync("form[enctype] button.primary");
        await Assertions.Expect(page.Locator("#certificate-wrong")).ToHaveTextAsync("Hãy chọn tệp chứng chỉ.");
        faults.AddRange(await Screens.ScreenHall.FaultsAsync(page));
        await page.SetInputFilesAsync("#certificate", new FilePayload { Name = "ward.pfx", MimeType = "application/x-pkcs12", Buffer = _ward.Pfx(leaf, "matkhau") });
        await page.FillAsync("#password", "matkhau");
        await page.ClickAsync("form[enctype] button.primary");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã lưu");
        faults.AddRange(await Screens.ScreenHall.FaultsAsync(page));
        await page.Context.CloseAsync();

        Assert.Empty(faults);
        await AssertInForceAsync();
    }

    /// <summary>Browsers that name the host get the ward's; by address, and on the port of MQTT, it is the hall's.</summary>
    private async Task AssertInForceAsync()
    {
        Assert.Contains(" 200", await AskAsync(RootFile(), Host), StringComparison.Ordinal);
        Assert.Contains("curl: (60)", await AskAsync(RootFile(), "localhost"), StringComparison.Ordinal);
        Assert.Contains(" 200", await CurlAsync("--cacert", Authority, $"{Secure}/healthz"), StringComparison.Ordinal);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Authority);
        using var device = HubHttp.Open(new Uri(Secure), authority);
        using var catalog = await device.GetAsync("/api/v1/catalog", TestContext.Current.CancellationToken);
        Assert.True(catalog.IsSuccessStatusCode);
        var sent = await Spawned.DoneAsync(
            "mosquitto_pub", "-V", "mqttv5", "-q", "1", "--cafile", Authority, "-h", "127.0.0.1", "-p", $"{_hall.TlsPort}", "-u", "rater-1", "-P", _hall.Secret,
            "-t", "reception/v1/device/rater-1/report", "-m", $$$"""{"id":"{{{Guid.CreateVersion7()}}}","sequence":1,"at":"2026-12-01T08:00:00.000+07:00","type":"rating.pressed","data":{"level":5}}""");
        Assert.Equal("", sent);
    }

    private string RootFile()
    {
        var file = Path.Combine(_hall.Path, "root.crt");
        File.WriteAllText(file, _ward.RootPem);
        return file;
    }

    private Task<string> AskAsync(string trusted, string host) => CurlAsync(
        "--cacert", trusted, "--resolve", $"{host}:{_hall.Https}:127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"https://{host}:{_hall.Https}/healthz"));

    private Task<string> PlainAsync(string path, string cookie, params IEnumerable<string> more) => CurlAsync(
        ["--header", $"Cookie: {cookie}; language=en", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_hall.Http}{path}"), .. more]);

    private async Task<string> UploadAsync(string cookie, string pem)
    {
        var file = Path.Combine(_hall.Path, "upload.pem");
        await File.WriteAllTextAsync(file, pem);
        return await PlainAsync("/admin/certificate?lang=en", cookie, "--form", $"certificate=@{file}");
    }

    private static async Task<string> CurlAsync(params IEnumerable<string> arguments)
    {
        using var run = Spawned.Start("curl", ["--silent", "--show-error", "--include", "--max-time", "20", .. arguments]);
        await run.EndedAsync();
        return run.All;
    }

    private async Task<string> SignInAsync()
    {
        var pin = await NewPinAsync();
        var said = await PlainAsync("/api/v1/session", "", "--json", $$"""{"officer":"{{HallPlan.Administrator}}","pin":"{{pin}}"}""");
        var cookie = said.Split('\n').First(line => line.StartsWith("set-cookie: reception=", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Split(';')[0].Trim();
        var changed = await PlainAsync("/account/pin", cookie, "--data", $"present={pin}&fresh={OwnPin}&again={OwnPin}");
        Assert.Contains("HTTP/1.1 302", changed, StringComparison.Ordinal);
        return cookie;
    }

    private async Task<string> NewPinAsync()
    {
        var (code, said) = await Typed.HubAsync("officer", "pin", HallPlan.Administrator, "--data", _hall.Path);
        Assert.True(code == 0, said);
        return new string([.. said.Where(char.IsAsciiDigit)])[^6..];
    }

    private async Task StartAsync()
    {
        _hub = Spawned.Program("hub", "serve", "--config", _hall.Configuration);
        await Eventually.TrueAsync(() => ApiClient.IsReadyAsync(_hall.Http), () => _hub.All, TimeSpan.FromSeconds(60));
    }

    private async Task StopAsync()
    {
        await _hub.KillAsync();
        _hub.Dispose();
    }
}
