using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.CounterAgent;
using Reception.CounterAgent.Startup;
using Reception.Device.Serial;
using Reception.Device.Startup;
using Reception.Hosting;
using Reception.Hosting.Settings;

Terminal.UseUtf8();
switch (args)
{
    case ["--list"]:
        await Console.Out.WriteAsync(PortTable.Write(SerialPortList.Read()));
        return 0;
    case []:
        return await ServeAsync(ProgramFolder.SettingsOf("desk"));
    case ["--config", var path]:
        return await ServeAsync(path);
    default:
        var help = "usage: counter-agent [--config FILE] | counter-agent --list";
        await (args is ["--help"] ? Console.Out : Console.Error).WriteLineAsync(help);
        return args is ["--help"] ? 0 : 1;
}

static Task<int> ServeAsync(string file) => new DeviceProgram("counter-agent").RunAsync<AgentOptions>(file, "agent", Build);

static IHost Build(ProgramSettings settings)
{
    var version = typeof(Program).Assembly.GetName().Version!.ToString(3);
    var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
    builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss "));
    builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
    builder.Services
        .AddSettings<AgentOptions>(settings)
        .AddSingleton(services => new Agent(
            services.GetRequiredService<AgentOptions>(), version, new SystemPorts(), TimeProvider.System, services.GetRequiredService<ILoggerFactory>()))
        .AddHostedService(services => services.GetRequiredService<Agent>())
        .AddSupervision(services => services.GetRequiredService<Agent>().IsAlive);
    return builder.Build();
}
