using Microsoft.Extensions.Logging.Console;
using Reception.Device.Paper;
using Reception.Device.Reporting;
using Reception.Device.Settings;
using Reception.Device.Startup;
using Reception.Hosting.Settings;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Paper;
using Reception.Kiosk.Screens;
using Reception.Kiosk.Tickets;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Kiosk.Startup;

/// <summary>The kiosk's parts, put together.</summary>
internal static class KioskProgram
{
    public static IHost Build(ProgramSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "kiosk", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenForScreen<KioskOptions>());
        builder.Logging.ClearProviders().AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior, console.TimestampFormat) = (true, LoggerColorBehavior.Disabled, "HH:mm:ss "));
        // Every part of a page is a request: at the technician's level only what went wrong with one is worth a line.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.AddTheme(typeof(KioskProgram).Assembly);
        builder.Services
            // It listens before the session starts.
            .AddHostedService<FollowHub>()
            .AddScreenDevice<KioskOptions>(settings, DeviceKinds.Kiosk, _ => null)
            .AddSingleton<ScreenSignal>()
            .AddSingleton<Identified>()
            .AddSingleton<HubSide>()
            .AddSingleton<HallClock>()
            .AddSingleton<JoinInvitation>()
            .AddHostedService(services => services.GetRequiredService<JoinInvitation>())
            .AddSingleton<OrderStore>()
            .AddSingleton(services => PrinterSettings.Of(services.GetRequiredService<KioskOptions>())!)
            .AddSingleton(services => services.GetRequiredService<PrinterSettings>().Open(TimeProvider.System))
            .AddSingleton(services => services.GetRequiredService<PrinterSettings>().Paper())
            .AddSingleton<PrinterConnection>()
            .AddSingleton<PrinterWatch>()
            .AddHostedService(services => services.GetRequiredService<PrinterWatch>())
            .AddSingleton<SlipPrinter>()
            .AddSingleton<PaperSlot>()
            .AddSingleton<TicketOrders>()
            .AddSingleton<ClosingFacts>()
            .AddSingleton<PrintSlip>()
            .AddSingleton<TakeTicket>()
            .AddSingleton<CopyPrinter>()
            .AddHostedService(services => services.GetRequiredService<CopyPrinter>())
            .AddSingleton<TakeCopy>()
            .AddSingleton<Commands>()
            .AddSingleton<ReadHall>()
            .AddHostedService<FinishLeftOrders>();

        var app = builder.Build();
        app.UseBrowserRules();
        app.UseTheme();
        app.MapKiosk();
        return app;
    }
}
