using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Reception.Device.Pairing;

namespace Reception.Pairing;

/// <summary>What the screen shows.</summary>
/// <param name="Kind">Which kind of device this is.</param>
/// <param name="Status">How far the pairing is.</param>
/// <param name="Left">How long the code still holds.</param>
/// <param name="Address">This machine's own address, or null.</param>
/// <param name="Now">This machine's time.</param>
/// <param name="MayChangeHub">Whether another hub may be named here.</param>
public sealed record PairingView(string Kind, PairingStatus Status, TimeSpan Left, string? Address, DateTimeOffset Now, bool MayChangeHub)
{
    /// <summary>Whether the screen asks for the hub's address.</summary>
    public bool AsksForHub { get; init; }

    /// <summary>An address that was typed and is not allowed; or null.</summary>
    public string? Wrong { get; init; }

    /// <summary>The version of this program.</summary>
    public static string Software { get; } = typeof(PairingView).Assembly.GetName().Version!.ToString(3);

    /// <summary>What of the code's life is left, in percent.</summary>
    public int Percent => Status.Holds.Lifetime > TimeSpan.Zero ? (int)(100 * Left / Status.Holds.Lifetime) : 0;

    internal static PairingView Of(DevicePairing pairing, string kind, TimeProvider timeProvider)
    {
        var status = pairing.Status;
        var left = status.Code is null ? TimeSpan.Zero : timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), status.Holds.EndsAt);
        return new PairingView(kind, status, left > TimeSpan.Zero ? left : TimeSpan.Zero, OwnAddress(), timeProvider.GetLocalNow(), pairing.MayChangeHub);
    }

    private static string? OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(one => one.GetIPProperties().UnicastAddresses)
        .FirstOrDefault(one => one.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(one.Address))?.Address.ToString();
}
