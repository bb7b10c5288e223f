using System.Net;
using System.Net.Sockets;

namespace Reception.Hosting.Settings;

/// <summary>Where a program's screen is served.</summary>
public static class ListenAddress
{
    /// <summary>Tries to listen there, before anything is started.</summary>
    /// <exception cref="SettingsException">The port is taken, or not allowed.</exception>
    public static void Demand(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var probe = new TcpListener(IPAddress.TryParse(address.DnsSafeHost, out var host) ? host : IPAddress.Loopback, address.Port);
        try
        {
            probe.Start();
        }
        catch (SocketException exception)
        {
            throw new SettingsException($"http: {address} can't be listened on ({exception.Message}); stop the program that does, or choose another port.");
        }
    }
}
