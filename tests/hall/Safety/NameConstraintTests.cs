using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reception.Hall.Tests.Parts;
using Reception.Hub.Site;

namespace Reception.Hall.Tests.Safety;

/// <summary>What a foreign TLS client makes of certificates that the hall's authority has issued, with its own key.</summary>
public sealed class NameConstraintTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("hub.local", true)]
    [InlineData("bank.example", false)]
    public async Task Curl_accepts_the_hub_s_names_of_the_authority_and_no_foreign_one(string name, bool isAccepted)
    {
        var folder = Directory.CreateTempSubdirectory("reception-names-").FullName;
        var files = HallAuthority.Make(folder, ["localhost"], [IPAddress.Loopback]);
        using var authority = X509Certificate2.CreateFromPemFile(files.AuthorityCertificate, Path.Combine(folder, "tls", "authority.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Reception hub", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, DateTimeOffset.UnixEpoch, authority.NotAfter, [1]);
        using var certificate = signed.CopyWithPrivateKey(key);
        var port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate)));
        await using var server = builder.Build();
        server.MapGet("/", () => Results.Text("served"));
        await server.StartAsync(TestContext.Current.CancellationToken);

        using var curl = Spawned.Start(
            "curl", "--silent", "--show-error", "--max-time", "20", "--cacert", files.AuthorityCertificate,
            "--resolve", string.Create(CultureInfo.InvariantCulture, $"{name}:{port}:127.0.0.1"), string.Create(CultureInfo.InvariantCulture, $"https://{name}:{port}/"));
        await curl.EndedAsync();

        Assert.True(isAccepted ? curl.All == "served" : curl.All.Contains("permitted subtree violation", StringComparison.Ordinal), curl.All);
        Directory.Delete(folder, recursive: true);
    }
}
