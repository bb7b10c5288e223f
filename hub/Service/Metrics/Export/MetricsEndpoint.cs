using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Reception.Hall;
using Reception.Hub.Api;

namespace Reception.Hub.Metrics.Export;

/// <summary>The metrics for Prometheus: for a program on the hub's own machine, or an administrator.</summary>
internal static class MetricsEndpoint
{
    private const string Path = "/metrics";
    private const string Service = "reception-hub";

    private static readonly string Software = typeof(MetricsEndpoint).Assembly.GetName().Version!.ToString(3);

    public static IServiceCollection AddHubMetrics(this IServiceCollection services)
    {
        services.AddSingleton<HubMeter>().AddSingleton<HubFigures>().AddHostedService<HallGauges>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, serviceVersion: Software, autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics
                .AddMeter(HubMeter.Name)
                .AddReader(provider => provider.GetRequiredService<HubFigures>().Reader)
                .AddPrometheusExporter());
        return services;
    }

    public static void MapHubMetrics(this WebApplication app)
    {
        var scrape = ((IEndpointRouteBuilder)app).CreateApplicationBuilder().UseOpenTelemetryPrometheusScrapingEndpoint(Path).Build();
        app.MapGet(Path, async (HttpContext context, Callers callers) =>
        {
            if (Refusal(context, callers) is { } refusal)
            {
                await Problems.Response(refusal).ExecuteAsync(context);
                return;
            }

            context.SetEndpoint(null);
            await scrape(context);
        }).ExcludeFromDescription();
    }

    /// <summary>Whether a request comes from the hub's own machine, and through no proxy there.</summary>
    internal static bool IsOfThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    private static Refusal? Refusal(HttpContext context, Callers callers) =>
        IsOfThisMachine(context) ? null : callers.Read(context) is { } caller ? Access.Administers(caller) : Refusals.UnknownDevice;
}
