using System.CommandLine;
using System.Text.Json;
using Reception.Hosting;
using Reception.Hub.Broker;
using Reception.Hub.Options;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Hub.Tools;
using Reception.Protocol;
using Command = System.CommandLine.Command;

namespace Reception.Hub.Commands;

/// <summary><c>hub setup</c>: makes a real hall: its site, its first administrator, its certificate for devices.</summary>
internal static class SetupCommand
{
    private const string None = "none";
    private const string Example = "http://192.0.2.10:8080";

    private static readonly JsonSerializerOptions Readable = new(ProtocolJson.Options) { WriteIndented = true };

    public static Command Make()
    {
        var data = DataFolder.Option("The data folder; it is made where it is not there.");
        var hall = new Option<string>("--hall") { Description = "The hall: a JSON file in the form of demo/hall.json.", Required = true };
        var administrator = new Option<string?>("--administrator") { Description = "The code of the first administrator; without it, the first one of the hall file." };
        var mqtt = new Option<int>("--mqtt-port") { Description = "The port of MQTT for devices on this machine.", DefaultValueFactory = _ => 1883 };
        var tls = new Option<int>("--mqtt-tls-port") { Description = "The port of MQTT over TLS for devices on other machines; 0 where every device is on this one.", DefaultValueFactory = _ => 8883 };
        var https = new Option<int?>("--https-port")
        {
            Description = "The port of screens and API over TLS, for other machines; 8443 where --http is not this machine alone.",
        };
        var http = new Option<string>("--http") { Description = "Where screens and phones find the hub.", DefaultValueFactory = _ => "http://0.0.0.0:8080" };
        var address = new Option<string?>("--public-address")
        {
            Description = "Where citizens' phones find the hub, as http://192.0.2.10:8080, or none: then slips and screens carry no code. "
                + "Without this option it is asked for at a terminal.",
        };
        var waiting = new Option<bool>("--for-those-who-wait") { Description = "A new order of calling is for those, too, who have a number already." };
        var command = new Command("setup", "Makes a hall's data folder and prints the first administrator's PIN once.")
        {
            data, hall, administrator, mqtt, tls, http, https, address, waiting,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(data), parsed.GetRequiredValue(hall), parsed.GetValue(administrator), parsed.GetValue(mqtt), parsed.GetValue(tls),
            parsed.GetRequiredValue(http), parsed.GetValue(https), parsed.GetValue(address), parsed.GetValue(waiting)));
        return command;
    }

    private static async Task<int> RunAsync(
        TextWriter output, string data, string hall, string? administrator, int mqttPort, int mqttTlsPort, string http, int? httpsPort,
        string? publicAddress, bool forThoseWhoWait)
    {
        var file = HallFile.Load(hall);
        var code = administrator ?? file.Officers.FirstOrDefault(officer => officer.Role == Roles.Administrator)?.Code;
        if (file.Officers.FirstOrDefault(officer => officer.Code == code) is not { Role: Roles.Administrator } first)
        {
            throw new StartException($"--administrator: '{code}' is no administrator of {hall}; give one an entry with role administrator under officers.");
        }

        if (publicAddress is not (null or None) && !HubOptions.IsAddress(publicAddress))
        {
            throw new StartException($"--public-address: {NotAnAddress(publicAddress)}");
        }

        var folder = DataFolder.Make(data);
        var pin = Pins.New();
        var owner = await HallTools.ExecuteAsync(folder, new SetUpHall(file, IsDemonstration: false, forThoseWhoWait)
        {
            FirstPin = new(first.Code, Pins.Hash(first.Code, pin)),
        });
        var authority = mqttTlsPort == 0 && httpsPort is null ? null : HallAuthority.Make(folder);
        var configuration = Path.Combine(folder, "hub.json");
        var guess = LocalAddress.Guess(http);
        var isNew = !File.Exists(configuration);
        if (isNew)
        {
            publicAddress ??= IsTerminal(output) ? Ask(guess) : null;
            PrivateFile.Write(configuration, JsonSerializer.Serialize(
                new
                {
                    Data = folder,
                    Http = http,
                    Https = authority is null || httpsPort is not { } port ? null : new HttpsOptions { Port = port, Certificate = authority.Certificate, Key = authority.Key },
                    PublicAddress = publicAddress == None ? null : publicAddress,
                    Mqtt = new MqttOptions
                    {
                        Port = mqttPort,
                        Tls = authority is null || mqttTlsPort == 0 ? null : new MqttTlsOptions { Port = mqttTlsPort, Certificate = authority.Certificate, Key = authority.Key },
                    },
                    TicketsPerDeviceAndMinute = 30,
                },
                Readable));
        }

        output.WriteLine($"{file.Site.Name} is set up in {folder}.");
        output.WriteLine($"Configuration: {configuration}. Hub: hub serve --config {configuration}");
        if (authority is not null)
        {
            output.WriteLine($"Devices on other machines need the file {authority.AuthorityCertificate} (broker.authority in their settings).");
            output.WriteLine($"Browsers get it at /trust; its SHA-256 is {HallAuthority.FingerprintOf(authority.AuthorityCertificate)}.");
        }

        if (isNew && publicAddress is null)
        {
            output.WriteLine(
                "No public address is set: slips and screens carry no code for phones. "
                + $"To change that, write \"publicAddress\": \"{guess ?? Example}\" into {configuration}.");
        }
        else if (!isNew && publicAddress is not null)
        {
            output.WriteLine($"{configuration} is there already and was left as it is: --public-address is not in force.");
        }

        if (owner.Length > 0)
        {
            output.WriteLine($"{owner} ({first.Code}) signs in with the PIN {pin}. It is shown this once.");
        }

        return 0;
    }

    private static bool IsTerminal(TextWriter output) => output == Console.Out && !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Asks for the public address until there is one, or the answer is none; Enter takes the proposal.</summary>
    private static string Ask(string? proposal)
    {
        while (true)
        {
            Console.Write($"Where do citizens' phones find this hub? An address, or {None}. Enter for {proposal ?? None}: ");
            var answer = Console.ReadLine()?.Trim() ?? "";
            if (answer.Length == 0)
            {
                return proposal ?? None;
            }

            if (answer == None || HubOptions.IsAddress(answer))
            {
                return answer;
            }

            Console.WriteLine(NotAnAddress(answer));
        }
    }

    private static string NotAnAddress(string text) => $"'{text}' is not an address; write one such as {Example}, or {None}.";
}
