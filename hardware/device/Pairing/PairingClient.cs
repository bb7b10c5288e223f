using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Reception.Device.Session;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Device.Pairing;

/// <summary>
/// Asks a hub to pair this device. Nothing is known of the hub yet, so its authority is taken as it comes; everything after that goes to a hub of that
/// authority alone, and the code that people compare is made of it.
/// </summary>
internal sealed class PairingClient : IDisposable
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly X509Certificate2 _authority;
    private readonly string _nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private Guid _pairing;

    private PairingClient(HttpClient http, X509Certificate2 authority) => (_http, _authority) = (http, authority);

    /// <summary>Finds the hub and its authority.</summary>
    /// <exception cref="PairingFault">Nothing answers, or no hub.</exception>
    public static async Task<PairingClient> FindAsync(Uri hub, CancellationToken cancellationToken)
    {
        var authority = await AuthorityAsync(hub, cancellationToken);
        return new PairingClient(HubHttp.Open(hub, authority), authority);
    }

    /// <summary>The hall's name, for people to see where they are; null where the hub does not say it.</summary>
    public async Task<string?> HallNameAsync(CancellationToken cancellationToken)
    {
        var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/catalog"), cancellationToken);
        return response.IsSuccessStatusCode
            ? ProtocolJson.Read<CatalogDocument>(await response.Content.ReadAsByteArrayAsync(cancellationToken))?.Site.Name
            : null;
    }

    /// <summary>Opens the pairing; gives its code and how long it holds.</summary>
    public async Task<(string Code, TimeSpan Lifetime)> OpenAsync(string kind, string name, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/pairings")
        {
            Content = JsonContent.Create(new { kind, name, nonce = _nonce }, options: ProtocolJson.Options),
        };
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var wait = response.Headers.RetryAfter?.Delta ?? TryAgain;
            throw new PairingFault(
                PairingReason.TooMany, "too many devices wait to be paired; accept or reject some on the hub's devices page", wait < LongestWait ? wait : LongestWait);
        }

        if (response.StatusCode != HttpStatusCode.Created || ProtocolJson.Read<OpenedPairing>(await response.Content.ReadAsByteArrayAsync(cancellationToken)) is not { } opened)
        {
            throw NoHub($"it answers {(int)response.StatusCode}");
        }

        _pairing = opened.Pairing;
        // The device's own clock may be years wrong.
        var left = opened.ExpiresAt - (response.Headers.Date ?? opened.ExpiresAt);
        return (PairingCode.Of(_authority.RawData, _pairing, _nonce), left > TimeSpan.Zero && left < LongestLife ? left : LongestLife);
    }

    /// <summary>Whether the device is accepted by now.</summary>
    public async Task<PairingReply> AskAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/v1/pairings/{_pairing}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Nonce", _nonce);
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => new PairingReply.Accepted(Checked(await response.Content.ReadAsByteArrayAsync(cancellationToken))),
            HttpStatusCode.Accepted => new PairingReply.Waiting(),
            HttpStatusCode.Forbidden => new PairingReply.Rejected(),
            HttpStatusCode.Gone => new PairingReply.Ended(),
            _ => throw NoHub($"it answers {(int)response.StatusCode}"),
        };
    }

    public void Dispose()
    {
        _http.Dispose();
        _authority.Dispose();
    }

    private static async Task<X509Certificate2> AuthorityAsync(Uri hub, CancellationToken cancellationToken)
    {
        X509Certificate2? presented = null;
        var errors = SslPolicyErrors.None;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, found) =>
        {
            errors = found;
            presented = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            // Nothing but the authority's certificate, which is public, goes over this connection.
            return presented is not null;
        };
        using var http = new HttpClient(handler) { BaseAddress = hub, Timeout = HubHttp.Patience };
        try
        {
            var authority = X509CertificateLoader.LoadCertificate(await http.GetByteArrayAsync("/authority.crt", cancellationToken));
            return hub.Scheme != Uri.UriSchemeHttps || PinnedAuthority.Accepts(authority, presented, errors) ? authority
                : throw NoHub(errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                    ? $"its certificate does not name {hub.Host}; use a name or an address that it has"
                    : "its certificate was not issued by the authority that it names");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or CryptographicException && !cancellationToken.IsCancellationRequested)
        {
            throw Unanswered(hub, exception);
        }
        finally
        {
            presented?.Dispose();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw Unanswered(_http.BaseAddress!, exception);
        }
    }

    private PairedDevice Checked(byte[] body)
    {
        if (ProtocolJson.Read<PairedDevice>(body) is not { } paired || !DeviceIds.IsValid(paired.Device))
        {
            throw NoHub("its answer can't be read");
        }

        // The hub names the authority whose code people compared, and no other.
        using var given = X509Certificate2.CreateFromPem(paired.Authority);
        return given.RawData.AsSpan().SequenceEqual(_authority.RawData) ? paired : throw NoHub("it gives another authority than the one of the code");
    }

    private static PairingFault Unanswered(Uri hub, Exception exception) => exception is HttpRequestException { StatusCode: { } status }
        ? NoHub($"it answers {(int)status}")
        : exception is CryptographicException ? NoHub("its authority's certificate can't be read")
        : new PairingFault(PairingReason.NotFound, $"{hub} does not answer: {exception.GetBaseException().Message}", TryAgain);

    private static PairingFault NoHub(string why) => new(PairingReason.NotTheHub, $"this is not the hub of a hall: {why}", TryAgain);
}

/// <summary>What the hub says of a pairing.</summary>
internal abstract record PairingReply
{
    internal sealed record Waiting : PairingReply;

    internal sealed record Accepted(PairedDevice Device) : PairingReply;

    internal sealed record Rejected : PairingReply;

    internal sealed record Ended : PairingReply;
}
