using System.CommandLine;
using Microsoft.Extensions.Logging;
using Reception.Hosting.Settings;
using Reception.Simulator;

var data = new Option<DirectoryInfo>("--data") { Description = "The demonstration hall's data folder.", Required = true };
var hall = new Option<FileInfo>("--hall") { Description = "The hall: a JSON file in the form of demo/hall.json.", Required = true };
var seed = new Option<int>("--seed") { Description = "The same seed brings the same people.", DefaultValueFactory = _ => 1 };
var command = new RootCommand("Simulated citizens, officers and raters for a demonstration hall, through its HTTP and MQTT.") { data, hall, seed };
command.SetAction((parsed, cancel) => RunAsync(parsed.GetRequiredValue(data).FullName, parsed.GetRequiredValue(hall).FullName, parsed.GetValue(seed), cancel));
return await command.Parse(args).InvokeAsync();

static async Task<int> RunAsync(string data, string hall, int seed, CancellationToken cancel)
{
    SimulatedHall set;
    try
    {
        set = SimulatedHall.Load(data, hall);
    }
    catch (SettingsException problem)
    {
        await Console.Error.WriteLineAsync($"simulator: {problem.Message}");
        return 2;
    }

    using var logs = LoggerFactory.Create(log => log
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        })
        .AddFilter("Reception.Device", LogLevel.Warning)
        .AddFilter("Reception.Mqtt", LogLevel.Warning));
    await using var devices = new Devices(set, TimeProvider.System, logs);
    using var opening = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    var work = set.Ward.Counters
        .Zip(set.Officers, (counter, officer) => new OfficerAtCounter(set, counter, officer, seed, devices, TimeProvider.System, logs).RunAsync(opening.Token))
        .Append(new Citizens(set, seed, devices, TimeProvider.System, logs).RunAsync(opening.Token))
        .ToList();
    try
    {
        // None of them ends by itself: the first to end has failed, and ends the program, which is started again.
        await await Task.WhenAny(work);
        return 1;
    }
    catch (OperationCanceledException) when (cancel.IsCancellationRequested)
    {
        return 0;
    }
    finally
    {
        await opening.CancelAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
