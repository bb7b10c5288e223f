using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Reception.Hub.Site;
using Reception.Mqtt;
using Xunit;

namespace Reception.Unit.Tests.Site;

public sealed class HallAuthorityTests : IDisposable
{
    private static readonly IPAddress First = IPAddress.Parse("192.0.2.10");
    private static readonly IPAddress Second = IPAddress.Parse("2001:db8::7");

    private readonly string _data = Directory.CreateTempSubdirectory("reception-tls-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void A_machine_with_another_address_has_another_certificate_of_the_same_authority()
    {
        var files = HallAuthority.Make(_data, ["localhost"], [First]);
        var before = Read(files);
        Assert.Equal(before, Read(HallAuthority.Make(_data, ["LOCALHOST"], [First])));

        var after = Read(HallAuthority.Make(_data, ["localhost", "hall"], [First, Second]));

        Assert.Equal(before.Authority, after.Authority);
        Assert.NotEqual((before.Certificate, before.Key), (after.Certificate, after.Key));
        using var hub = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(files.AuthorityCertificate);
        Assert.True(PinnedAuthority.Accepts(authority, hub, SslPolicyErrors.None));
        Assert.True(hub.MatchesHostname("hall") && hub.MatchesHostname("2001:db8::7") && !hub.MatchesHostname("192.0.2.11"));
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
