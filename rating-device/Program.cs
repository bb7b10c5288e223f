using Reception.Device.Reporting;
using Reception.Device.Settings;
using Reception.Device.Startup;
using Reception.Hosting;
using Reception.Hosting.Settings;
using Reception.Pairing;
using Reception.Protocol;
using Reception.Rater;
using Reception.Rater.Rating;
using Reception.Rater.Screen;
using Reception.Theme;

Terminal.UseUtf8();
var program = new DeviceProgram("rating-device");
switch (args)
{
    case []:
        return await ServeAsync(ProgramFolder.SettingsOf("rater"));
    case ["--config", var path]:
        return await ServeAsync(path);
    case ["--unpair"]:
        return program.Unpair(ProgramFolder.SettingsOf("rater"), "rater");
    case ["--unpair", "--config", var path]:
        return program.Unpair(path, "rater");
    default:
        await Console.Error.WriteLineAsync("usage: rating-device [--unpair] [--config FILE]");
        return args is ["--help"] ? 0 : 1;
}

Task<int> ServeAsync(string file) => program.RunAsync<RaterOptions>(
    file, "rater", Build, options => PairingScreen.RunAsync(options, DeviceKinds.Rater));

static IHost Build(ProgramSettings settings)
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    builder.AddTheme(typeof(Program).Assembly);
    builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenForScreen<RaterOptions>());
    builder.Services
        // It listens before the session starts.
        .AddHostedService<FollowHub>()
        .AddScreenDevice<RaterOptions>(settings, DeviceKinds.Rater, options => options.Counter)
        .AddSingleton(services => new RaterScreenState(
            services.GetRequiredService<RaterOptions>().Counter,
            services.GetRequiredService<FactOutbox>(),
            TimeProvider.System,
            services.GetRequiredService<ILogger<RaterScreenState>>()));

    var app = builder.Build();
    app.UseBrowserRules();
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
    return app;
}
