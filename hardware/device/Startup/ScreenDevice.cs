using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reception.Device.Catalog;
using Reception.Device.Pairing;
using Reception.Device.Reporting;
using Reception.Device.Session;
using Reception.Device.Settings;
using Reception.Device.Storage;
using Reception.Hosting;
using Reception.Hosting.Settings;
using Reception.Mqtt;

namespace Reception.Device.Startup;

/// <summary>The parts of a device with a screen.</summary>
public static class ScreenDevice
{
    /// <summary>
    /// Adds the options, the database, the session with the hub, the catalogue, and the supervision. A hosted service that listens to the session
    /// is added before: hosted services start in the order in which they were added.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="settings">The program's settings.</param>
    /// <param name="kind">One of <see cref="Protocol.DeviceKinds"/>.</param>
    /// <param name="counterOf">The counter that the device stands at, or null.</param>
    public static IServiceCollection AddScreenDevice<T>(
        this IServiceCollection services, ProgramSettings settings, string kind, Func<T, int?> counterOf) where T : DeviceOptions, IScreenOptions => services
        .AddSettings<T>(settings)
        .AddSingleton(TimeProvider.System)
        .AddSingleton(provider => DeviceDatabase.Open(
            provider.GetRequiredService<T>().Data, TimeProvider.System, provider.GetRequiredService<ILogger<DeviceDatabase>>()))
        .AddSingleton(provider => provider.GetRequiredService<T>().Broker.Address())
        .AddSingleton(provider => OpenSession(provider, kind, counterOf))
        .AddSingleton(provider => new CatalogCache(
            HubHttp.Open(provider.GetRequiredService<T>().Hub, provider.GetRequiredService<BrokerAddress>().Authority),
            provider.GetRequiredService<DeviceDatabase>(),
            TimeProvider.System,
            provider.GetRequiredService<ILogger<CatalogCache>>()))
        .AddSingleton(provider => provider.GetRequiredService<DeviceSession>().Outbox)
        .AddSingleton(provider => provider.GetRequiredService<FactOutbox>().Clock)
        .AddSingleton<TouchFault>()
        .AddSingleton<PairingWatch>()
        .AddHostedService<DeviceService>()
        .AddSupervision(provider => provider.GetRequiredService<DeviceSession>().IsAlive);

    private static DeviceSession OpenSession<T>(IServiceProvider provider, string kind, Func<T, int?> counterOf) where T : DeviceOptions
    {
        var options = provider.GetRequiredService<T>();
        var logs = provider.GetRequiredService<ILoggerFactory>();
        var session = new DeviceSession(
            new DeviceIdentity(options.Device, kind, counterOf(options), typeof(T).Assembly.GetName().Version!.ToString(3)),
            provider.GetRequiredService<BrokerAddress>(),
            provider.GetRequiredService<DeviceDatabase>(),
            link => new MqttLink(link, TimeProvider.System, logs.CreateLogger<MqttLink>()),
            TimeProvider.System,
            logs);
        provider.GetRequiredService<PairingWatch>().Follow(session, options.Data);
        return session;
    }
}
