using System.Net;
using Reception.Device.Catalog;
using Reception.Device.Reporting;
using Reception.Device.Session;
using Reception.Hosting;
using Reception.Mqtt;
using Reception.Protocol;
using Reception.Rater;
using Reception.Rater.Rating;
using Reception.Rater.Screen;
using Reception.Settings;
using Reception.Theme;

Terminal.UseUtf8();
if ((args is [] ? ProgramFolder.SettingsOf("rater") : args is ["--config", var file] ? file : null) is not { } path)
{
    await Console.Error.WriteLineAsync("usage: rating-device [--config FILE]");
    return args is ["--help"] ? 0 : 1;
}

try
{
    var settings = RaterSettings.Read(path);
    try
    {
        ListenAddress.Demand(settings.Http);
        await ServeAsync(settings);
        return 0;
    }
    catch (Exception problem) when (FolderFault.Is(problem))
    {
        Supervision.Tell("rating-device", FolderFault.Line(settings.Data, problem));
        return 1;
    }
}
catch (Exception problem) when (problem is SettingsException or DllNotFoundException)
{
    Supervision.Tell("rating-device", problem.Message);
    return 1;
}

static async Task ServeAsync(RaterSettings settings)
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    builder.AddTheme(typeof(Program).Assembly);
    builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
    builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.Limits.MaxRequestBodySize = 1024;
        kestrel.Listen(settings.Http.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(settings.Http.DnsSafeHost), settings.Http.Port);
    });

    var version = typeof(Program).Assembly.GetName().Version!.ToString(3);
    builder.Services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(settings)
        .AddSingleton(services => new DeviceSession(
            new DeviceIdentity(settings.Device, DeviceKinds.Rater, settings.Counter, version),
            settings.Broker,
            settings.Data,
            options => new MqttLink(options, TimeProvider.System, services.GetRequiredService<ILogger<MqttLink>>()),
            TimeProvider.System,
            services.GetRequiredService<ILoggerFactory>()))
        .AddSingleton(services => new CatalogCache(settings.Hub, settings.Data, TimeProvider.System, services.GetRequiredService<ILogger<CatalogCache>>()))
        .AddSingleton(services => services.GetRequiredService<DeviceSession>().Outbox)
        .AddSingleton<TouchFault>()
        .AddSingleton(services => new RatingDesk(settings.Counter, services.GetRequiredService<FactOutbox>(), TimeProvider.System, services.GetRequiredService<ILogger<RatingDesk>>()))
        .AddHostedService<DeviceService>()
        .AddSupervision(services => services.GetRequiredService<DeviceSession>().IsAlive);

    await using var app = builder.Build();
    var desk = app.Services.GetRequiredService<RatingDesk>();
    var session = app.Services.GetRequiredService<DeviceSession>();
    session.StateChanged += desk.See;
    session.Commanded += desk.CarryOut;
    app.Services.GetRequiredService<CatalogCache>().Changed += _ => desk.Rename();

    app.UseTheme();
    app.MapGet("/", ShowScreen.Page);
    app.MapGet("/screen", ShowScreen.Part);
    app.MapGet("/live", WatchScreen.HandleAsync);
    app.MapPost("/press", AnswerTouch.Press);
    app.MapPost("/change", AnswerTouch.Change);
    app.MapPost("/reason", AnswerTouch.Reason);
    app.MapPost("/done", AnswerTouch.Done);
    app.MapPost("/contact", (TouchFault fault) =>
    {
        fault.Report();
        return Results.NoContent();
    });
    await app.RunAsync();
}
