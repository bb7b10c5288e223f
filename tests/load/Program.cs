using System.CommandLine;
using Reception.Load;

var clients = new Option<int>("--clients") { Description = "HTTP clients that ask for tickets at once.", DefaultValueFactory = _ => 16 };
var seconds = new Option<int>("--seconds") { Description = "How long they ask.", DefaultValueFactory = _ => 10 };
var rounds = new Option<int>("--rounds") { Description = "Calls and presses that are timed.", DefaultValueFactory = _ => 300 };
var data = new Option<string?>("--data") { Description = "An empty folder on the disk to measure; a temporary one without it." };
var province = new Option<bool>("--province") { Description = "With a province that takes every event while the tickets are taken." };
var hub = new Option<string?>("--hub") { Description = "The hub's program; without it the one that was built beside this one." };
var root = new RootCommand("Measures a real hub and a real disk, each figure beside its yardstick.") { clients, seconds, rounds, data, province, hub };
root.SetAction(async (parsed, cancellation) =>
{
    var table = new Table();
    await MeasureAsync(parsed, table, cancellation);
    table.Print();
});
var all = new Command("all", "Measures everything, one part after the other, and prints one table.") { clients, seconds, rounds, data, province, hub, RecordFigures.Visits };
all.SetAction(async (parsed, cancellation) =>
{
    var table = new Table();
    RulesSpeed.Measure(table);
    await MeasureAsync(parsed, table, cancellation);
    await Crowd.MeasureAsync(parsed.GetValue(hub), table, cancellation);
    await RecordFigures.MeasureAsync(parsed.GetValue(hub), parsed.GetValue(RecordFigures.Visits), table, cancellation);
    table.Print();
});
root.Subcommands.Add(all);
root.Subcommands.Add(RulesSpeed.Make());
root.Subcommands.Add(RecordFigures.Make(hub));
root.Subcommands.Add(Crowd.Make(hub));
return await root.Parse(args).InvokeAsync();

async Task MeasureAsync(ParseResult parsed, Table table, CancellationToken cancellation)
{
    await using var hall = LoadHall.Make(parsed.GetValue(data), parsed.GetValue(province), parsed.GetValue(hub));
    FrameDecoding.Measure(table);
    SlipsOnTheWire.Measure(table);
    DiskYardstick.Measure(hall, table);
    await WriterYardstick.MeasureAsync(hall, parsed.GetValue(clients), table);
    PressToAcknowledgement.Measure(hall, parsed.GetValue(rounds), table);
    ManyDevices.Register(hall);
    table.Add("start to ready, empty hall", await hall.StartHubAsync(cancellation), hall.ProcessorTime());
    table.Add("memory of the hub, just started", hall.Memory());
    await BareMessages.MeasureAsync(hall, parsed.GetValue(rounds), table, cancellation);
    await PressToAnswer.MeasureAsync(hall, parsed.GetValue(rounds), table, cancellation);
    await CallToScreen.MeasureAsync(hall, parsed.GetValue(rounds), table, cancellation);
    table.Add("memory of the hub, after calls and presses", hall.Memory());
    await ManyDevices.MeasureAsync(hall, table, cancellation);
    DurableTickets.Measure(hall, parsed.GetValue(clients), TimeSpan.FromSeconds(parsed.GetValue(seconds)), table);
    table.Add("memory of the hub, after the tickets", hall.Memory());
    await FlaskYardstick.MeasureAsync(hall, parsed.GetValue(clients), TimeSpan.FromSeconds(parsed.GetValue(seconds)), table, cancellation);
    await hall.KillHubAsync();
    table.Add($"start to ready, {hall.JournalRows():N0} rows of today", await hall.StartHubAsync(cancellation), hall.ProcessorTime());
}
