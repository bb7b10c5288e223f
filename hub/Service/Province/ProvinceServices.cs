using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Reception.Hub.Province;

internal static class ProvinceServices
{
    /// <summary>The forwarder with its signal; the options are to be without fault, and the journal there when the host starts.</summary>
    public static IServiceCollection AddProvince(
        this IServiceCollection services, ProvinceOptions options, string dataFolder, Func<IServiceProvider, RenderEvent> render)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ForwarderSignal>();
        services.AddSingleton(_ => new ProvinceStore(Path.Combine(dataFolder, "province.db")));
        services.AddSingleton(_ => new JournalPages(Path.Combine(dataFolder, "journal.db")));
        services.AddSingleton(provider => new Exchange(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProvinceLine>();
        services.AddSingleton(provider => render(provider));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Forwarder>(provider, Random.Shared));
        services.AddHostedService(provider => provider.GetRequiredService<Forwarder>());
        return services;
    }
}
