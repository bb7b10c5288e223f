using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Reception.Hub.Options;

namespace Reception.Hub.Broker;

/// <summary>Where the broker listens: plain MQTT on loopback, and TLS for other machines where it is set.</summary>
internal static class BrokerEndpoints
{
    public static void ListenMqtt(this KestrelServerOptions kestrel, MqttOptions options)
    {
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => Serve(listen, tls: null));
        if (options.Tls is { } tls)
        {
            kestrel.Listen(IPAddress.Parse(tls.Address), tls.Port, listen => Serve(listen, tls));
        }
    }

    private static void Serve(ListenOptions listen, MqttTlsOptions? tls)
    {
        var connections = listen.ApplicationServices.GetRequiredService<BrokerConnections>();
        listen.Use(next => context => connections.ServeAsync(context, next));
        if (tls is not null)
        {
            listen.UseHttps(tls.Load());
        }

        listen.UseConnectionHandler<BrokerListener>();
    }
}
