using System.CommandLine;
using Reception.Hosting;
using Reception.Hub.Startup;

namespace Reception.Hub.Commands;

/// <summary><c>hub serve</c>: runs the service.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var config = new Option<string>("--config") { Description = "The configuration, one JSON file.", DefaultValueFactory = _ => ProgramFolder.SettingsOf("hub") };
        var command = new Command("serve", "Runs the hub until it is stopped.") { config };
        command.SetAction((parsed, _) => Serve.RunAsync(parsed.GetRequiredValue(config)));
        return command;
    }
}
