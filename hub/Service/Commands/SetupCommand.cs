using System.CommandLine;
using System.Text.Json;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Protocol;
using Command = System.CommandLine.Command;

namespace Reception.Hub.Commands;

/// <summary><c>hub setup</c>: makes a real hall: its site, its first administrator, its broker's files.</summary>
internal static class SetupCommand
{
    private static readonly JsonSerializerOptions Readable = new(ProtocolJson.Options) { WriteIndented = true };

    public static Command Make()
    {
        var data = new Option<string>("--data") { Description = "The data folder; it is made where it is not there.", Required = true };
        var hall = new Option<string>("--hall") { Description = "The hall: a JSON file in the form of demo/hall.json.", Required = true };
        var administrator = new Option<string?>("--administrator") { Description = "The code of the first administrator; without it, the first one of the hall file." };
        var listen = new Option<string>("--broker-listen") { Description = "The address on which the broker hears devices.", DefaultValueFactory = _ => "0.0.0.0" };
        var mqtt = new Option<int>("--mqtt-port") { Description = "The broker's port.", DefaultValueFactory = _ => 1883 };
        var http = new Option<string>("--http") { Description = "Where screens and phones find the hub.", DefaultValueFactory = _ => "http://0.0.0.0:8080" };
        var waiting = new Option<bool>("--for-those-who-wait") { Description = "A new order of calling is for those, too, who have a number already." };
        var command = new Command("setup", "Makes a hall's data folder and prints the first administrator's PIN once.") { data, hall, administrator, listen, mqtt, http, waiting };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(hall), parsed.GetValue(administrator), parsed.GetRequiredValue(listen), parsed.GetValue(mqtt),
            parsed.GetRequiredValue(http), parsed.GetValue(waiting)));
        return command;
    }

    private static int Run(string data, string hall, string? administrator, string listen, int mqttPort, string http, bool forThoseWhoWait)
    {
        var file = HallFile.Load(hall);
        var code = administrator ?? file.Officers.FirstOrDefault(officer => officer.Role == Roles.Administrator)?.Code;
        if (file.Officers.FirstOrDefault(officer => officer.Code == code) is not { Role: Roles.Administrator } first)
        {
            throw new StartException($"--administrator: '{code}' is no administrator of {hall}; give one an entry with role administrator under officers.");
        }

        var folder = DataFolder.Make(data);
        using var book = SetupBook.Open(folder);
        if (book.HasHall && book.Current.IsDemonstration)
        {
            throw new StartException($"--data: {folder} holds the demonstration hall; give a real hall a folder of its own.");
        }

        RunningDay.Demand(folder, book, file, forThoseWhoWait, TimeProvider.System);
        var by = new Author(null, TimeProvider.System.GetUtcNow());
        book.SetHall(file, demonstration: false, by);
        BrokerFiles.Write(folder, listen, mqttPort, book.Current);
        var configuration = Path.Combine(folder, "hub.json");
        if (!File.Exists(configuration))
        {
            BrokerFiles.WritePrivate(configuration, JsonSerializer.Serialize(
                new
                {
                    Data = folder,
                    Http = http,
                    Broker = new { Host = "127.0.0.1", Port = mqttPort, SecretFile = Path.Combine(folder, "broker", "hub.secret") },
                    TicketsPerDeviceAndMinute = 30,
                },
                Readable));
        }

        Console.WriteLine($"{file.Site.Name} is set up in {folder}.");
        Console.WriteLine($"Configuration: {configuration}. Broker: mosquitto -c {folder}/broker/mosquitto.conf. Hub: hub serve --config {configuration}");
        if (!book.Current.Pins.ContainsKey(first.Code))
        {
            Console.WriteLine($"{first.Name} ({first.Code}) signs in with the PIN {Pins.GiveNew(book, first.Code, by)}. It is shown this once.");
        }

        return 0;
    }
}
