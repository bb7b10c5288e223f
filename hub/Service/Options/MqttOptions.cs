using System.Net;
using System.Text.Json.Serialization;
using Reception.Hosting.Settings;

namespace Reception.Hub.Options;

/// <summary>Where the broker listens.</summary>
internal sealed record MqttOptions
{
    /// <summary>The port of plain MQTT on 127.0.0.1.</summary>
    [WholeNumber(1, 65535)]
    public int Port { get; init; } = 1883;

    /// <summary>MQTT over TLS, for devices on other machines; null turns it off.</summary>
    public MqttTlsOptions? Tls { get; init; }

    /// <summary>The addresses that must be free.</summary>
    [JsonIgnore]
    public IEnumerable<IPEndPoint> EndPoints =>
        Tls is { } tls ? [new IPEndPoint(IPAddress.Loopback, Port), new IPEndPoint(IPAddress.Parse(tls.Address), tls.Port)] : [new IPEndPoint(IPAddress.Loopback, Port)];
}

/// <summary>MQTT over TLS.</summary>
internal sealed record MqttTlsOptions : TlsOptions
{
    [WholeNumber(1, 65535)]
    public override int Port { get; init; } = 8883;
}
