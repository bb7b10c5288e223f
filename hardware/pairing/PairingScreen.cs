using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.Device.Pairing;
using Reception.Device.Settings;
using Reception.Hosting;
using Reception.Hosting.Settings;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Pairing;

/// <summary>
/// The screen of a device that waits to be paired, at the address of the device's own screen. A browser that shows one of them goes on to the other by
/// itself.
/// </summary>
public static class PairingScreen
{
    /// <summary>The hub's port where only a host is given.</summary>
    private const int HubPort = 8443;

    // What a device's own page follows: it hears that there is something new, asks, and finds this page in the place of its own.
    private static readonly string[] Streams = ["/live", "/changes"];

    private static readonly TimeSpan AcceptedStays = TimeSpan.FromSeconds(3);

    /// <summary>Serves the screen until the device is paired, then true; false where the program was stopped before.</summary>
    /// <param name="options">The device's settings.</param>
    /// <param name="kind">One of <see cref="DeviceKinds"/>.</param>
    public static async Task<bool> RunAsync(PairingOptions options, string kind)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = options.Http ?? throw new SettingsException($"http is missing; allowed is {new LoopbackAddressAttribute().Allowed}.");
        ListenAddress.Demand(address);
        var pairing = new DevicePairing(options, kind, TimeProvider.System);
        await using var app = Build(address, pairing, kind);
        await app.StartAsync();
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await pairing.RunAsync(stopping);
            // The person at the device reads that it worked.
            await Task.Delay(AcceptedStays, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Supervision.StartAnew();
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await app.StopAsync();
        }
    }

    private static WebApplication Build(Uri address, DevicePairing pairing, string kind)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddTheme(typeof(PairingScreen).Assembly);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenForScreen(address));
        builder.Services.AddSingleton(TimeProvider.System).AddSupervision(_ => true);
        var app = builder.Build();
        app.UseBrowserRules();
        app.UseTheme();
        var pages = app.MapNotStored();
        pages.MapGet("/", () => Page(pairing, kind));
        pages.MapGet("/hub", () => pairing.MayChangeHub ? Page(pairing, kind, asksForHub: true) : Results.Redirect("/"));
        pages.MapPost("/hub", (HttpRequest request) => UseHubAsync(request, pairing, kind));
        pages.MapPost("/again", () =>
        {
            pairing.AskAgain();
            return Results.Redirect("/");
        });
        foreach (var stream in Streams)
        {
            app.MapGet(stream, (HttpContext context, TimeProvider timeProvider, IHostApplicationLifetime life) =>
                EventStream.RunAsync(context, timeProvider, life, async events =>
                {
                    await events.SendAsync("screen", "changed");
                    await events.WaitAsync(Task.Delay(Timeout.Infinite, events.Ended));
                }));
        }

        pages.MapFallback(() => Results.Redirect("/"));
        return app;
    }

    private static IResult Page(DevicePairing pairing, string kind, bool asksForHub = false, string? wrong = null) =>
        new RazorComponentResult<PairingPage>(new { View = PairingView.Of(pairing, kind, TimeProvider.System) with { AsksForHub = asksForHub, Wrong = wrong } });

    private static async Task<IResult> UseHubAsync(HttpRequest request, DevicePairing pairing, string kind)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var text = form["hub"].ToString().Trim();
        if (AddressOf(text) is not { } hub)
        {
            return Page(pairing, kind, asksForHub: true, text);
        }

        pairing.UseHub(hub);
        return Results.Redirect("/");
    }

    /// <summary>The hub's address as a person types it: a host alone, with a port, or whole; null where it is not allowed.</summary>
    internal static Uri? AddressOf(string text)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(whole, UriKind.Absolute, out var address) && new SecretAddressAttribute().Read(whole, "").Reason is null && address.Host.Length > 0
            ? new UriBuilder(address) { Port = address.IsDefaultPort && address.Scheme == Uri.UriSchemeHttps ? HubPort : address.Port, Path = "/" }.Uri
            : null;
    }
}
