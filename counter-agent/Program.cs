using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.CounterAgent;
using Reception.Device.Serial;
using Reception.Hosting;
using Reception.Settings;

Terminal.UseUtf8();
switch (args)
{
    case ["--list"]:
        await Console.Out.WriteAsync(PortTable.Write(SerialPortList.Read()));
        return 0;
    case []:
        return await RunAsync(ProgramFolder.SettingsOf("desk"));
    case ["--config", var path]:
        return await RunAsync(path);
    default:
        var help = "usage: counter-agent [--config FILE] | counter-agent --list";
        await (args is ["--help"] ? Console.Out : Console.Error).WriteLineAsync(help);
        return args is ["--help"] ? 0 : 1;
}

static async Task<int> RunAsync(string path)
{
    AgentSettings settings;
    try
    {
        settings = AgentSettings.Read(path);
    }
    catch (SettingsException problem)
    {
        return Tell(problem.Message);
    }

    try
    {
        var version = typeof(Program).Assembly.GetName().Version!.ToString(3);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss "));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services
            .AddSingleton(services => new Agent(settings, version, new SystemPorts(), TimeProvider.System, services.GetRequiredService<ILoggerFactory>()))
            .AddHostedService(services => services.GetRequiredService<Agent>())
            .AddSupervision(services => services.GetRequiredService<Agent>().IsAlive);
        using var host = builder.Build();
        // What can't be opened ends the program here, in one line, and not at the host's start, in a stack trace.
        host.Services.GetServices<IHostedService>();
        await host.RunAsync();
        return 0;
    }
    catch (Exception problem) when (FolderFault.Is(problem))
    {
        return Tell(FolderFault.Line(settings.Data, problem));
    }
    catch (DllNotFoundException problem)
    {
        return Tell(problem.Message);
    }
}

static int Tell(string problem)
{
    Supervision.Tell("counter-agent", problem);
    return 1;
}
