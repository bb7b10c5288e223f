using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Reception.Mqtt;

namespace Reception.Device.Session;

/// <summary>How a device asks the hub over HTTP.</summary>
public static class HubHttp
{
    /// <summary>How long an answer is waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A client that waits 10 s for a response and follows no redirect.</summary>
    /// <param name="hub">The hub's address, <c>http</c> or <c>https</c>.</param>
    /// <param name="authority">The hall's authority: over <c>https</c> no other hub is accepted. Null for the authorities that the machine trusts.</param>
    public static HttpClient Open(Uri hub, X509Certificate2? authority = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (authority is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, errors) => PinnedAuthority.Accepts(authority, presented, errors);
        }

        return new HttpClient(handler) { BaseAddress = hub, Timeout = Patience };
    }
}
