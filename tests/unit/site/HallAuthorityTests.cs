using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Reception.Hub.Site;
using Reception.Mqtt;
using Xunit;

namespace Reception.Unit.Tests.Site;

public sealed class HallAuthorityTests : IDisposable
{
    private static readonly IPAddress First = IPAddress.Parse("192.0.2.10");
    private static readonly IPAddress Second = IPAddress.Parse("fd00::7");

    private readonly string _data = Directory.CreateTempSubdirectory("reception-tls-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void A_machine_with_another_address_has_another_certificate_of_the_same_authority()
    {
        var files = HallAuthority.Make(_data, ["localhost"], [First]);
        var before = Read(files);
        Assert.Equal(before, Read(HallAuthority.Make(_data, ["LOCALHOST"], [First])));

        var after = Read(HallAuthority.Make(_data, ["localhost", "hall.local"], [First, Second]));

        Assert.Equal(before.Authority, after.Authority);
        Assert.NotEqual((before.Certificate, before.Key), (after.Certificate, after.Key));
        using var hub = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(files.AuthorityCertificate);
        Assert.True(PinnedAuthority.Accepts(authority, hub, SslPolicyErrors.None));
        Assert.True(hub.MatchesHostname("hall.local") && hub.MatchesHostname("fd00::7") && !hub.MatchesHostname("192.0.2.11"));
    }

    [Fact]
    public void Without_the_authority_s_key_what_is_there_stays()
    {
        var files = HallAuthority.Make(_data, ["localhost"], [First]);
        var before = Read(files);
        File.Delete(Path.Combine(_data, "tls", "authority.key"));

        Assert.Equal(before, Read(HallAuthority.Make(_data, ["localhost"], [Second])));
    }

    [Fact]
    public void A_start_that_was_cut_off_between_two_files_is_made_good()
    {
        var files = HallAuthority.Make(_data, ["localhost"], [First]);
        foreach (var lost in new[] { files.Certificate, files.Key, files.AuthorityCertificate })
        {
            File.Delete(lost);
            HallAuthority.Make(_data, ["localhost"], [First]);
            using var hub = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
            using var authority = X509CertificateLoader.LoadCertificateFromFile(files.AuthorityCertificate);
            Assert.True(PinnedAuthority.Accepts(authority, hub, SslPolicyErrors.None), lost);
        }
    }

    [Theory]
    [InlineData("localhost", "192.0.2.10", true)]
    [InlineData("ward.local", "10.1.2.3", true)]
    [InlineData("localhost", "172.31.255.255", true)]
    [InlineData("localhost", "fe80::1", true)]
    [InlineData("localhost", "172.32.0.0", false)]
    [InlineData("localhost", "2001:db8::7", false)]
    [InlineData("localhost", "192.0.2.11", false)]
    [InlineData("bank.example", "10.1.2.3", false)]
    [InlineData("notlocal", "10.1.2.3", false)]
    public void The_authority_s_certificate_holds_for_the_hub_s_names_and_private_networks_alone(string name, string address, bool isAccepted)
    {
        var files = HallAuthority.Make(_data, ["localhost"], [First]);
        using var authority = X509Certificate2.CreateFromPemFile(files.AuthorityCertificate, Path.Combine(_data, "tls", "authority.key"));
        Assert.True(authority.Extensions["2.5.29.30"]!.Critical);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Reception hub", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        using var presented = request.Create(authority, DateTimeOffset.UnixEpoch, authority.NotAfter, [1]);

        Assert.Equal(isAccepted, PinnedAuthority.Accepts(authority, presented, SslPolicyErrors.None));
        var constraints = NameConstraints.Of(authority)!;
        Assert.Equal(isAccepted, constraints.Permits(name) && constraints.Permits(IPAddress.Parse(address)));
    }

    [Fact]
    public void What_the_authority_may_not_issue_for_is_left_out_of_the_hub_s_certificate_and_told()
    {
        HallAuthority.Make(_data, ["localhost"], [First]);
        string[] names = ["localhost", "renamed"];
        IPAddress[] addresses = [First, Second, IPAddress.Parse("192.0.2.99"), IPAddress.Parse("2001:db8::7")];
        var files = HallAuthority.Make(_data, names, addresses);

        using var hub = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
        Assert.True(hub.MatchesHostname("localhost") && hub.MatchesHostname("192.0.2.10") && hub.MatchesHostname("fd00::7"));
        Assert.False(hub.MatchesHostname("renamed") || hub.MatchesHostname("192.0.2.99") || hub.MatchesHostname("2001:db8::7"));
        Assert.Equal(["renamed", "192.0.2.99"], HallAuthority.LeftOut(files.AuthorityCertificate, names, addresses));
        var before = Read(files);
        Assert.Equal(before, Read(HallAuthority.Make(_data, names, addresses)));
    }

    [Fact]
    public void An_authority_without_constraints_stays_as_devices_have_pinned_it_and_issues_for_every_name()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data, "tls")).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Reception hall authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(Path.Combine(folder, "authority.crt"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "authority.key"), key.ExportPkcs8PrivateKeyPem());
        string[] names = ["hub.ward.example"];

        var files = HallAuthority.Make(_data, names, [IPAddress.Parse("2001:db8::7")]);

        Assert.Equal(authority.ExportCertificatePem(), File.ReadAllText(files.AuthorityCertificate));
        using var hub = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
        Assert.True(PinnedAuthority.Accepts(authority, hub, SslPolicyErrors.None) && hub.MatchesHostname("hub.ward.example"));
        Assert.Empty(HallAuthority.LeftOut(files.AuthorityCertificate, names, []));
    }

    [Fact]
    public void The_keys_are_the_owner_s_alone()
    {
        if (!OperatingSystem.IsWindows())
        {
            var files = HallAuthority.Make(_data, ["localhost"], [First]);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.Key));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data, "tls", "authority.key")));
        }
    }

    private static (string Authority, string Certificate, string Key) Read(HallAuthority files) =>
        (File.ReadAllText(files.AuthorityCertificate), File.ReadAllText(files.Certificate), File.ReadAllText(files.Key));
}
