using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.CounterAgent;
using Reception.Device.Serial;
using Reception.Settings;

switch (args)
{
    case ["--list"]:
        await Console.Out.WriteAsync(PortTable.Write(SerialPortList.Read()));
        return 0;
    case ["--config", var path]:
        return await RunAsync(path);
    default:
        var help = "usage: counter-agent --config FILE | counter-agent --list";
        await (args is ["--help"] ? Console.Out : Console.Error).WriteLineAsync(help);
        return args is ["--help"] ? 0 : 1;
}

static async Task<int> RunAsync(string path)
{
    try
    {
        var settings = AgentSettings.Read(path);
        var version = typeof(Program).Assembly.GetName().Version!.ToString(3);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss "));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddHostedService(services => new Agent(
            settings, version, new TerminalPorts(), TimeProvider.System, services.GetRequiredService<ILoggerFactory>()));
        using var host = builder.Build();
        await host.RunAsync();
        return 0;
    }
    catch (Exception problem) when (problem is SettingsException or DllNotFoundException or SqliteException or IOException)
    {
        await Console.Error.WriteLineAsync($"counter-agent: {problem.Message}");
        return 1;
    }
}
