using System.CommandLine;
using Reception.Hub;
using Reception.Hub.Commands;

try
{
    var root = new RootCommand("The on-site hub of a reception hall: its queue, its ratings, its screens.");
    root.Subcommands.Add(ServeCommand.Make());
    root.Subcommands.Add(SetupCommand.Make());
    root.Subcommands.Add(DemoCommand.Make());
    root.Subcommands.Add(DeviceCommand.Make());
    root.Subcommands.Add(OfficerCommand.Make());
    root.Subcommands.Add(SimulateCommand.Make());
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (StartException exception)
{
    await Console.Error.WriteLineAsync($"hub: {exception.Message}");
    return 2;
}
