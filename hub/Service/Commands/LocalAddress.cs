using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Reception.Hub.Options;

namespace Reception.Hub.Commands;

/// <summary>The address at which other machines of the hall's network find this one.</summary>
internal static class LocalAddress
{
    /// <summary>
    /// A guess, from the addresses that the hub listens on; null where it listens on this machine alone, or the machine is in no network.
    /// </summary>
    public static string? Guess(string http) => http.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(HubOptions.IsAddress)
        .Select(text => new Uri(text))
        .Where(address => !address.IsLoopback)
        .Select(address => ListensEverywhere(address) ? AtThisMachine(address) : address)
        .FirstOrDefault(address => address is not null)?
        .GetLeftPart(UriPartial.Authority);

    private static Uri? AtThisMachine(Uri address) => OfThisMachine() is { } own ? new UriBuilder(address) { Host = own.ToString() }.Uri : null;

    private static bool ListensEverywhere(Uri address) =>
        IPAddress.TryParse(address.DnsSafeHost, out var host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any));

    // An interface with a gateway is the hall's network; the others are bridges of virtual machines and the like.
    private static IPAddress? OfThisMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up)
        .Select(network => network.GetIPProperties())
        .OrderByDescending(network => network.GatewayAddresses.Count)
        .SelectMany(network => network.UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork)
        .FirstOrDefault(address => !IPAddress.IsLoopback(address) && address.GetAddressBytes() is not [169, 254, ..]);
}
