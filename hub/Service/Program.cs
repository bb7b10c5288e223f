using System.CommandLine;
using System.CommandLine.Parsing;
using Reception.Hosting;
using Reception.Hub;
using Reception.Hub.Commands;
using Reception.Settings;

Terminal.UseUtf8();
var root = new RootCommand("The on-site hub of a reception hall: its queue, its ratings, its screens.");
root.Subcommands.Add(ServeCommand.Make());
root.Subcommands.Add(SetupCommand.Make());
root.Subcommands.Add(DemoCommand.Make());
root.Subcommands.Add(DeviceCommand.Make());
root.Subcommands.Add(OfficerCommand.Make());
root.Subcommands.Add(SimulateCommand.Make());
var command = root.Parse(args);
try
{
    return await command.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (StartException exception)
{
    Supervision.Tell("hub", exception.Message);
    return 2;
}
catch (Exception exception) when (FolderFault.Is(exception) && command.GetResult("--data") is OptionResult data)
{
    Supervision.Tell("hub", $"--data: {FolderFault.Line(data.GetValueOrDefault<string>(), exception)}");
    return 1;
}
