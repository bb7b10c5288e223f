using System.CommandLine;
using System.Globalization;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Tools;

namespace Reception.Hub.Commands;

/// <summary><c>hub verify</c>, <c>hub rebuild</c> and <c>hub accept-loss</c>: whether the record is as it was written, and what to do where it is not.</summary>
internal static class RecordCommands
{
    public static Command Verify()
    {
        var data = DataFolder.Option("The data folder; its hub may run.");
        var against = new Option<string?>("--against")
        {
            Description = "Hashes that somebody else has kept: the province's events, or lines of a day and the code of its printed sheet, such as 2026-11-23 3f2a-90bc-11d7-0a4e.",
        };
        var command = new Command("verify", "Proves the record: the journal's chain, its sealed days, the audit log, and the read tables. Exit code 1 and a line for each finding.")
        {
            data, against,
        };
        command.SetAction(parsed =>
        {
            var folder = DataFolder.Existing(parsed.GetRequiredValue(data));
            var kept = parsed.GetValue(against) is { } path ? KeptHashes.Load(path) : null;
            using var own = FolderLock.TryTake(folder);
            var result = Verification.Run(folder, null, kept, isAlone: own is not null);
            foreach (var finding in result.Findings)
            {
                parsed.InvocationConfiguration.Output.WriteLine(finding.Text);
            }

            parsed.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{result.Rows} rows verified, {result.Findings.Count} findings."));
            return result.Findings.Count == 0 ? 0 : 1;
        });
        return command;
    }

    public static Command Rebuild()
    {
        var data = DataFolder.Option("The data folder; its hub must not run.");
        var command = new Command("rebuild", "Makes the read tables anew from the journal, and verifies them.") { data };
        command.SetAction(parsed =>
        {
            var folder = DataFolder.Existing(parsed.GetRequiredValue(data));
            using var alone = FolderLock.Take(folder);
            Record.Rebuild.Run(folder);
            var left = Verification.Run(folder, isAlone: true).Findings;
            foreach (var finding in left)
            {
                parsed.InvocationConfiguration.Output.WriteLine(finding.Text);
            }

            parsed.InvocationConfiguration.Output.WriteLine(left.Count == 0 ? "The read tables are what the journal gives." : $"{left.Count} findings are left.");
            return left.Count == 0 ? 0 : 1;
        });
        return command;
    }

    public static Command AcceptLoss()
    {
        var data = DataFolder.Option("The data folder; its hub must not run.");
        var command = new Command("accept-loss", "Goes on without rows that the journal has lost; numbers that may be on paper are not issued again.") { data };
        command.SetAction(async (parsed, _) =>
        {
            var folder = DataFolder.Existing(parsed.GetRequiredValue(data));
            var mark = HighWaterMark.Read(folder) ?? throw new StartException($"--data: {folder} has no {HighWaterMark.Name}, so what is lost can't be told.");
            var loss = await HallTools.ExecuteAsync(folder, new AcceptLoss(mark));
            HighWaterMark.Remove(folder);
            parsed.InvocationConfiguration.Output.WriteLine($"Accepted: {loss}.");
            return 0;
        });
        return command;
    }
}
