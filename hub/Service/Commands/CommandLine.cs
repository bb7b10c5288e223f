using System.CommandLine;
using System.CommandLine.Parsing;
using Reception.Hosting;
using Reception.Hosting.Settings;
using Reception.Hub.Journal;

namespace Reception.Hub.Commands;

/// <summary>What somebody types after <c>hub</c>.</summary>
internal static class CommandLine
{
    /// <summary>Does it, and gives the exit code; what can't be done is one line of <paramref name="error"/>.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("The on-site hub of a reception hall: its queue, its ratings, its screens.");
        root.Subcommands.Add(ServeCommand.Make());
        root.Subcommands.Add(SetupCommand.Make());
        root.Subcommands.Add(DemoCommand.Make());
        root.Subcommands.Add(DeviceCommand.Make());
        root.Subcommands.Add(OfficerCommand.Make());
        root.Subcommands.Add(RecordCommands.Verify());
        root.Subcommands.Add(RecordCommands.Rebuild());
        root.Subcommands.Add(RecordCommands.AcceptLoss());
        root.Subcommands.Add(BackupCommands.Backup());
        root.Subcommands.Add(BackupCommands.Restore());
        root.Subcommands.Add(SimulateCommand.Make());
        var command = root.Parse(words);
        try
        {
            return await command.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is StartException or SettingsException)
        {
            Supervision.Tell("hub", exception.Message, error);
            return 2;
        }
        catch (Exception exception) when (HubDatabase.IsDamage(exception) && command.GetResult("--data") is OptionResult data)
        {
            Supervision.Tell("hub", new HubDatabase(data.GetValueOrDefault<string>()).Damaged(exception).Message, error);
            return 2;
        }
        catch (Exception exception) when (FolderFault.Is(exception) && command.GetResult("--data") is OptionResult data)
        {
            Supervision.Tell("hub", $"--data: {FolderFault.Line(data.GetValueOrDefault<string>(), exception)}", error);
            return 1;
        }
    }
}
