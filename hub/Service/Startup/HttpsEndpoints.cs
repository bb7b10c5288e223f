using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Reception.Hub.Certificates;
using Reception.Hub.Options;

namespace Reception.Hub.Startup;

/// <summary>Where the hub speaks TLS to browsers and to devices that ask over HTTP, and with which certificate.</summary>
internal static class HttpsEndpoints
{
    private const byte Handshake = 0x16;

    // As long as Kestrel lets a connection wait for a request.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(130);

    public static void ListenHttps(this KestrelServerOptions kestrel, HttpsOptions https)
    {
        var own = https.Load();
        kestrel.Listen(IPAddress.Parse(https.Address), https.Port, listen => listen.UseHttps(Choosing(listen, own)));
    }

    /// <summary>
    /// Speaks TLS on a plain port, too, where a connection begins with it: a browser that was told to reach a name over TLS alone does so on each port
    /// that is in an address.
    /// </summary>
    public static void UseHttpsWhereAsked(this ListenOptions listen, HttpsOptions https)
    {
        var own = https.Load();
        ConnectionDelegate plain = null!;
        listen.Use(secure => async connection =>
        {
            if (await FirstByteAsync(connection) is { } first)
            {
                await (first == Handshake ? secure : plain)(connection);
            }
        });
        listen.UseHttps(Choosing(listen, own));
        listen.Use(next => plain = next);
    }

    // A client that names a host of the ward's certificate gets that one. A device names an address or the machine, and gets the hall's own.
    private static TlsHandshakeCallbackOptions Choosing(ListenOptions listen, HttpsConnectionAdapterOptions own)
    {
        var ward = listen.ApplicationServices.GetRequiredService<WardCertificate>();
        var ownContext = SslStreamCertificateContext.Create(own.ServerCertificate!, own.ServerCertificateChain, offline: true);
        return new TlsHandshakeCallbackOptions
        {
            OnConnection = connection => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = ward.For(connection.ClientHelloInfo.ServerName) ?? ownContext,
                EnabledSslProtocols = own.SslProtocols,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            }),
        };
    }

    /// <summary>The first byte of a connection, which stays to be read; null where none came.</summary>
    private static async ValueTask<byte?> FirstByteAsync(ConnectionContext connection)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        limit.CancelAfter(Patience);
        try
        {
            var read = await connection.Transport.Input.ReadAsync(limit.Token);
            byte? first = read.Buffer.IsEmpty ? null : read.Buffer.FirstSpan[0];
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            return first;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            return null;
        }
    }
}
