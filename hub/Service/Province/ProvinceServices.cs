
using Microsoft.Extensions.DependencyInjection.Extensions;
using Reception.Hub.Journal;
using Reception.Hub.Options;

namespace Reception.Hub.Province;

internal static class ProvinceServices
{
    /// <summary>The forwarder with its signal, and the heartbeat; the options are to be without fault, and the journal there when the host starts.</summary>
    public static IServiceCollection AddProvince(
        this IServiceCollection services, ProvinceOptions options, Func<IServiceProvider, RenderEvent> render)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ForwarderSignal>();
        services.AddSingleton(provider => new ProvinceStore(
            provider.GetRequiredService<HubDatabase>().OpenReader,
            async write => await provider.GetRequiredService<JournalWriter>().ExecuteAsync(new WriteProvince(write))));
        services.AddSingleton(provider => new JournalPages(provider.GetRequiredService<HubDatabase>().OpenReader));
        services.AddSingleton(provider => new Exchange(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProvinceLine>();
        services.AddSingleton(provider => render(provider));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Forwarder>(provider, Random.Shared));
        services.AddHostedService(provider => provider.GetRequiredService<Forwarder>());
        services.AddSingleton<HallHeartbeat>();
        services.AddSingleton<ReadHeartbeat>(provider => provider.GetRequiredService<HallHeartbeat>().Read);
        services.AddHostedService<Heartbeat>();
        return services;
    }
}
