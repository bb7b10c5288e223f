using System.CommandLine;
using Reception.Hub.Demonstration;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Hub.Tools;
using Command = System.CommandLine.Command;

namespace Reception.Hub.Commands;

/// <summary><c>hub demo</c>: makes a demonstration hall, with accounts whose PIN everybody knows and devices for every counter.</summary>
internal static class DemoCommand
{
    public const string Pin = "2580";

    public static Command Make()
    {
        var data = new Option<string>("--data") { Description = "The data folder.", Required = true };
        var hall = new Option<string>("--hall") { Description = "The hall: a JSON file in the form of demo/hall.json.", Required = true };
        var history = new Option<string?>("--history")
        {
            Description = $"Months or days of a simulated past, as 12m or 30d, at most {HistoryLength.MostMonths}m; only for a hall without "
                + "a history. The province does not receive it.",
        };
        const string What = "Makes or refreshes a demonstration hall; devices and their secrets stay.";
        var command = new Command("demo", What) { data, hall, history };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(hall),
            parsed.GetValue(history) is { } length ? HistoryLength.Parse(length) : null));
        return command;
    }

    private static async Task<int> RunAsync(string data, string hall, HistoryLength? history)
    {
        var file = HallFile.Load(hall);
        var folder = DataFolder.Make(data);
        // Everybody knows the PIN, so all may share one hash: hashing sixty would take seconds.
        var hash = Pins.Hash("", Pin);
        var setUp = new SetUpHall(file, IsDemonstration: true, ForThoseWhoWait: true)
        {
            Pins = file.Officers.ToDictionary(officer => officer.Code, _ => hash),
            Devices = DemonstrationDevices.WriteSecrets(folder, file),
        };
        if (history is null)
        {
            MakeHistory.RemoveUnfinished(folder);
            await HallTools.ExecuteAsync(folder, setUp);
        }
        else
        {
            MakeHistory.Execute(folder, setUp, history, TimeProvider.System.GetUtcNow());
        }

        return 0;
    }
}
