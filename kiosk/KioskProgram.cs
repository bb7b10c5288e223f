using Microsoft.Extensions.Logging.Console;
using Reception.Device.Catalog;
using Reception.Device.Paper;
using Reception.Device.Printing;
using Reception.Device.Reporting;
using Reception.Device.Session;
using Reception.Hosting;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Paper;
using Reception.Kiosk.Screens;
using Reception.Kiosk.Tickets;
using Reception.Mqtt;
using Reception.Protocol;
using Reception.Settings;
using Reception.Theme;

namespace Reception.Kiosk;

/// <summary>The kiosk's parts, put together.</summary>
internal static class KioskProgram
{
    public static WebApplication Build(KioskOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "kiosk", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Http.ToString());
        builder.Logging.ClearProviders().AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior, console.TimestampFormat) = (true, LoggerColorBehavior.Disabled, "HH:mm:ss "));
        // Every part of a page is a request: at the technician's level only what went wrong with one is worth a line.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.AddTheme(typeof(KioskProgram).Assembly);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ScreenSignal>()
            .AddSingleton<Identified>()
            .AddSingleton(OpenSession)
            .AddSingleton(services => new CatalogCache(options.Hub, options.Data, TimeProvider.System, services.GetRequiredService<ILogger<CatalogCache>>()))
            .AddHostedService<DeviceService>()
            .AddSingleton(services => services.GetRequiredService<DeviceSession>().Outbox)
            .AddSingleton<TouchFault>()
            .AddSingleton<HubSide>()
            .AddSingleton<HallClock>()
            .AddSingleton<JoinInvitation>()
            .AddHostedService(services => services.GetRequiredService<JoinInvitation>())
            .AddSingleton(_ => new ErrandBook(options.Data))
            .AddSingleton(_ => Printers.Open(options.Printer.Address, options.Printer.Profile, TimeProvider.System))
            .AddSingleton(new SlipPaper(options.Printer.Template, options.Printer.Profile))
            .AddSingleton<PrinterLine>()
            .AddSingleton<PrinterWatch>()
            .AddHostedService(services => services.GetRequiredService<PrinterWatch>())
            .AddSingleton(services => new SlipPrinter(
                services.GetRequiredService<PrinterLine>(),
                services.GetRequiredService<PrinterWatch>(),
                services.GetRequiredService<SlipPaper>(),
                services.GetRequiredService<CatalogCache>(),
                TimeProvider.System,
                services.GetRequiredService<ILogger<SlipPrinter>>()))
            .AddSingleton<PaperSlot>()
            .AddSingleton<Errands>()
            .AddSingleton<TellHub>()
            .AddSingleton<PrintSlip>()
            .AddSingleton<TakeTicket>()
            .AddSingleton<PrintCopy>()
            .AddSingleton<TakeCopy>()
            .AddSingleton<Commands>()
            .AddSingleton<ReadHall>()
            .AddHostedService<FinishLeftErrands>()
            .AddSupervision(services => services.GetRequiredService<DeviceSession>().IsAlive);

        var app = builder.Build();
        app.Use(KeepInside);
        app.UseTheme();
        app.MapKiosk();
        app.Services.GetRequiredService<Commands>().Listen();
        // What can't be opened ends the program here, in one line, and not at the host's start, in a stack trace.
        app.Services.GetServices<IHostedService>();
        app.Services.GetRequiredService<PrinterWatch>().Changed += app.Services.GetRequiredService<ScreenSignal>().Raise;
        return app;
    }

    private static DeviceSession OpenSession(IServiceProvider services)
    {
        var options = services.GetRequiredService<KioskOptions>();
        var logs = services.GetRequiredService<ILoggerFactory>();
        return new DeviceSession(
            new DeviceIdentity(options.Device, DeviceKinds.Kiosk, Counter: null, Software()),
            options.Broker,
            options.Data,
            broker => new MqttLink(broker, TimeProvider.System, logs.CreateLogger<MqttLink>()),
            TimeProvider.System,
            logs);
    }

    private static string Software() => typeof(KioskProgram).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0";

    // The screen loads nothing from elsewhere, and no other page shows it in a frame or reads from it.
    private static Task KeepInside(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (context.Request.Path.StartsWithSegments("/tickets") || context.Request.Path.StartsWithSegments("/services") || context.Request.Path == "/appointment" || context.Request.Path == "/")
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        return next(context);
    }
}
