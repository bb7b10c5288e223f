using System.CommandLine;
using Reception.Hub.Backup;

namespace Reception.Hub.Commands;

/// <summary><c>hub backup</c> and <c>hub restore</c>.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var data = DataFolder.Option("The data folder; its hub may run.");
        var into = new Argument<string>("DIR") { Description = "The folder that gets the backup, as a folder of its own; on another disk." };
        var encryptTo = new Option<string?>("--encrypt-to")
        {
            Description = "A certificate in PEM with an RSA key: only its private key reads the backup.",
            HelpName = "FILE",
        };
        var command = new Command("backup", "Makes a backup while the hall goes on, and proves it.") { into, data, encryptTo };
        command.SetAction(parsed =>
        {
            var certificate = parsed.GetValue(encryptTo) is { } path ? EncryptedBackup.ReadCertificate(path, "--encrypt-to") : null;
            var made = MakeBackup.Run(
                DataFolder.Existing(parsed.GetRequiredValue(data)), parsed.GetRequiredValue(into), TimeProvider.System.GetUtcNow(), certificate);
            return Tell(parsed.InvocationConfiguration.Output, made.Folder, made.Faults, $"{made.Folder} is whole.");
        });
        return command;
    }

    public static Command Restore()
    {
        var data = DataFolder.Option("The data folder; its hub must not run. What is there is put aside in it.");
        var from = new Argument<string>("DIR") { Description = "The backup's folder." };
        var check = new Option<bool>("--check") { Description = "Only rehearses the restore, in a folder that is thrown away." };
        var keyFile = new Option<string?>("--key") { Description = "The private key in PEM of a backup that is encrypted.", HelpName = "FILE" };
        var command = new Command("restore", "Puts a backup in the data folder's place; says what is lost.") { from, data, check, keyFile };
        command.SetAction(async (parsed, _) =>
        {
            var (backup, output) = (parsed.GetRequiredValue(from), parsed.InvocationConfiguration.Output);
            var key = parsed.GetValue(keyFile) is { } path ? EncryptedBackup.ReadKey(path) : null;
            if (parsed.GetValue(check))
            {
                return Tell(output, backup, RestoreBackup.Check(backup, key), $"{backup} can be restored.");
            }

            foreach (var line in await RestoreBackup.RunAsync(backup, parsed.GetRequiredValue(data), key))
            {
                output.WriteLine(line);
            }

            return 0;
        });
        return command;
    }

    private static int Tell(TextWriter output, string backup, IReadOnlyList<string> faults, string good)
    {
        foreach (var fault in faults)
        {
            output.WriteLine(fault);
        }

        output.WriteLine(faults.Count == 0 ? good : $"{backup} is not as it was written: {faults.Count} findings.");
        return faults.Count == 0 ? 0 : 1;
    }
}
