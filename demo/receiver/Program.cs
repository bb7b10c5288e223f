using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Mvc;
using Reception.Receiver;
using Reception.Receiver.Page;
using Reception.Theme;

var portOption = new Option<int>("--port") { Description = "The port on 127.0.0.1 to listen on.", Required = true };
portOption.Validators.Add(result =>
{
    if (result.Errors.Any() || result.GetValueOrDefault<int>() is < 1 or > 65535)
    {
        result.AddError("--port is a port from 1 to 65535.");
    }
});
var dataOption = new Option<DirectoryInfo>("--data") { Description = "The folder that keeps what arrives.", Required = true };
var command = new RootCommand("Keeps and shows the events that a hub sends to the province.") { portOption, dataOption };
command.SetAction((result, cancel) => ServeAsync(result.GetRequiredValue(portOption), result.GetRequiredValue(dataOption).FullName, cancel));
return await command.Parse(args).InvokeAsync();

static async Task<int> ServeAsync(int port, string folder, CancellationToken cancel)
{
    Ledger ledger;
    try
    {
        ledger = Ledger.Open(folder);
    }
    catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
    {
        await Console.Error.WriteLineAsync($"receiver: --data {folder}: {problem.Message}");
        return 1;
    }

    using (ledger)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddTheme(typeof(Program).Assembly);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddSingleton(ledger).AddSingleton<Heartbeats>().AddSingleton(TimeProvider.System);

        await using var app = builder.Build();
        app.UseBrowserRules();
        app.UseTheme();
        app.MapPost("/events", ReceiveEvents.HandleAsync).WithMetadata(new RequestSizeLimitAttribute(ReceiveEvents.MostBytes));
        app.MapGet("/events", ListEvents.Handle);
        app.MapGet("/live", WatchArrivals.HandleAsync);
        app.MapGet("/", ShowArrivals.Page);
        app.MapGet("/arrivals", ShowArrivals.Part);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException problem)
        {
            await Console.Error.WriteLineAsync($"receiver: --port {port}: {problem.Message}");
            return 1;
        }

        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
