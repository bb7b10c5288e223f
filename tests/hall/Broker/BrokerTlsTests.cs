using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Reception.Hall.Tests.Parts;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Broker;

/// <summary>MQTT over TLS with the certificate that <c>hub setup</c> makes.</summary>
public sealed class BrokerTlsTests(TlsHall hall) : IClassFixture<TlsHall>
{
    [Fact]
    public async Task A_device_that_knows_the_authority_is_linked_and_one_that_knows_another_is_not()
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(hall.Folder, "tls", "authority.crt"));
        foreach (var version in new[] { MqttVersion.V5, MqttVersion.V311 })
        {
            await using var link = Link(authority, version, new Heard());
            await Eventually.TrueAsync(() => link.IsConnected, () => hall.Said);
            await Eventually.TrueAsync(() => link.Messages.TryRead(out var hall) && hall.Topic == Topics.Hall, () => "no hall");
        }

        // The hub's own certificate is no authority.
        using var other = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(hall.Folder, "tls", "hub.crt"));
        var heard = new Heard();
        await using var stranger = Link(other, MqttVersion.V5, heard);
        await Eventually.TrueAsync(() => heard.Lines.Any(line => line.Contains("certificate", StringComparison.OrdinalIgnoreCase)), () => string.Join('\n', heard.Lines));
        Assert.False(stranger.IsConnected);
    }

    [Theory]
    [InlineData("311", true)]
    [InlineData("5", true)]
    [InlineData("311", false)]
    [InlineData("5", false)]
    public async Task Mosquittos_own_programs_publish_and_subscribe(string version, bool tls)
    {
        string[] who = tls
            ? ["--cafile", Path.Combine(hall.Folder, "tls", "authority.crt"), "-p", Number(hall.TlsPort)]
            : ["-p", Number(hall.PlainPort)];
        who = [.. who, "-h", "127.0.0.1", "-V", version, "-u", "rater-1", "-P", hall.Secret, "-q", "1"];
        using var listener = Spawned.Start("mosquitto_sub", [.. who, "-t", Topics.Hall, "-t", Topics.Answer("rater-1"), "-W", "60"]);
        await Eventually.TrueAsync(() => listener.Said.Any(line => line.Contains("\"counters\"", StringComparison.Ordinal)), () => listener.All);

        using var publisher = Spawned.Start(
            "mosquitto_pub", [.. who, "-t", Topics.Report("rater-1"), "-m", """{"id":"01a22707-3e4c-71ab-bd95-023cfcc2c2f9"}"""]);
        await publisher.EndedAsync();

        Assert.Equal(0, publisher.ExitCode);
        // The hall comes again whenever it likes.
        await Eventually.TrueAsync(() => listener.Said.Any(line => line.Contains("\"malformed\"", StringComparison.Ordinal)), () => listener.All);
    }

    [Theory]
    [InlineData("4", true)]
    [InlineData("5", true)]
    [InlineData("4", false)]
    [InlineData("5", false)]
    public async Task A_device_by_MQTT_js_hears_the_hall_and_its_answer(string version, bool tls)
    {
        var tests = Path.Combine(Sources.Root, "tests", "hall");
        using var device = Spawned.Start(
            "node",
            [
                Path.Combine(tests, "Broker", "mqttjs", "device.mjs"), Path.Combine(tests, "obj", "npm"),
                tls ? $"mqtts://127.0.0.1:{Number(hall.TlsPort)}" : $"mqtt://127.0.0.1:{Number(hall.PlainPort)}",
                version, "rater-1", hall.Secret, .. tls ? [Path.Combine(hall.Folder, "tls", "authority.crt")] : Array.Empty<string>(),
            ]);
        await device.EndedAsync();

        Assert.Equal(0, device.ExitCode);
        Assert.Contains(device.Said, line => line.StartsWith(Topics.Hall, StringComparison.Ordinal) && line.Contains("\"counters\"", StringComparison.Ordinal));
        Assert.Contains("\"malformed\"", device.Said.Last(line => line.Length > 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_MQTT_is_not_understood_on_the_port_of_TLS()
    {
        await using var client = await RawClient.OpenAsync(hall.TlsPort);
        Assert.Null(await client.ConnectAsync("client", "rater-1", hall.Secret));
    }

    [Fact]
    public void The_keys_are_readable_by_the_hub_alone()
    {
        foreach (var name in new[] { "hub.key", "authority.key" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(hall.Folder, "tls", name)));
        }
    }

    [Theory]
    [InlineData("hub.crt", "no certificate", "mqtt.tls")]
    [InlineData("hub.key", null, "mqtt.tls.key")]
    public async Task A_certificate_or_key_that_is_broken_or_missing_is_one_line(string name, string? text, string key)
    {
        using var folder = await TlsFolder.MakeAsync();
        var path = Path.Combine(folder.Path, "tls", name);
        if (text is null)
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        }

        var (code, said) = await Typed.HubAsync("serve", "--config", folder.Configuration);
        Assert.Equal(2, code);
        Assert.Contains(key, Assert.Single(said.Split('\n')), StringComparison.Ordinal);
    }

    private MqttLink Link(X509Certificate2 authority, MqttVersion version, Heard heard)
    {
        var link = new MqttLink(
            new MqttLinkOptions
            {
                Host = "127.0.0.1",
                Port = hall.TlsPort,
                User = "rater-1",
                Secret = hall.Secret,
                Subscriptions = [Topics.Hall],
                Version = version,
                Authority = authority,
            },
            TimeProvider.System,
            heard);
        link.Start();
        return link;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Heard : ILogger<MqttLink>
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
