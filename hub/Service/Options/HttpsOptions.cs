using Reception.Hosting.Settings;

namespace Reception.Hub.Options;

/// <summary>Screens and API over TLS, for other machines.</summary>
internal sealed record HttpsOptions : TlsOptions
{
    /// <summary>The port where the settings name none.</summary>
    public const int DefaultPort = 8443;

    [WholeNumber(1, 65535)]
    public override int Port { get; init; } = DefaultPort;
}
