using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.CounterAgent;
using Reception.CounterAgent.Startup;
using Reception.Device.Pairing;
using Reception.Device.Serial;
using Reception.Device.Startup;
using Reception.Hosting;
using Reception.Hosting.Settings;
using Reception.Protocol;

const string Name = "counter-agent";
const string Short = "agent";

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
    case ["--pair"]:
        return await PairAsync(ProgramFolder.SettingsOf("desk"));
    case ["--pair", "--config", var path]:
        return await PairAsync(path);
    case ["--unpair"]:
        return new DeviceProgram(Name).Unpair(ProgramFolder.SettingsOf("desk"), Short);
    case ["--unpair", "--config", var path]:
        return new DeviceProgram(Name).Unpair(path, Short);
    default:
        var help = "usage: counter-agent [--pair | --unpair] [--config FILE] | counter-agent --list";
        await (args is ["--help"] ? Console.Out : Console.Error).WriteLineAsync(help);
        return args is ["--help"] ? 0 : 1;
}

static Task<int> ServeAsync(string file) => new DeviceProgram(Name).RunAsync<AgentOptions>(file, Short, Build, _ =>
    throw new SettingsException($"{file}: this counter agent is not paired; run `counter-agent --pair` here, and accept it on the hub's devices page."));

static Task<int> PairAsync(string file) => new DeviceProgram(Name).PairAsync(
    file, Short, options => new TerminalPairing(Console.Out, TimeProvider.System).RunAsync(options, DeviceKinds.CounterAgent));

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
        .AddSingleton(services =>
        {
            var watch = new PairingWatch();
            watch.Follow(services.GetRequiredService<Agent>().Session, services.GetRequiredService<AgentOptions>().Data);
            return watch;
        })
        .AddHostedService(services => services.GetRequiredService<Agent>())
        .AddSupervision(services => services.GetRequiredService<Agent>().IsAlive);
    return builder.Build();
}
