using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Reception.Device.Settings;

/// <summary>The settings of a device with a screen.</summary>
public interface IScreenOptions
{
    /// <summary>Where the screen is served: on this machine only.</summary>
    Uri Http { get; }

    /// <summary>Where the catalogue is fetched.</summary>
    Uri Hub { get; }
}

/// <summary>Serves a device's screen where its settings say.</summary>
public static class ScreenListening
{
    /// <summary>Listens at the address of the program's options.</summary>
    public static void ListenForScreen<T>(this KestrelServerOptions kestrel) where T : class, IScreenOptions
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        kestrel.ListenForScreen(kestrel.ApplicationServices.GetRequiredService<T>().Http);
    }

    /// <summary>Listens at an address of this machine.</summary>
    public static void ListenForScreen(this KestrelServerOptions kestrel, Uri address)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(address);
        if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port);
        }
        else
        {
            kestrel.Listen(System.Net.IPAddress.Parse(address.DnsSafeHost), address.Port);
        }
    }
}
