using System.CommandLine;
using System.Globalization;
using Reception.Hub.Site;
using Reception.Hub.Tools;
using Reception.Protocol;
using Command = System.CommandLine.Command;

namespace Reception.Hub.Commands;

/// <summary><c>hub device add</c> and <c>hub device revoke</c>: which devices the hub accepts.</summary>
internal static class DeviceCommand
{
    public static Command Make()
    {
        var data = DataFolder.Option("The data folder.");
        var id = new Argument<string>("ID") { Description = "The device's id: a-z, 0-9 and -, at most 32." };
        var kind = new Argument<string>("KIND") { Description = string.Join(", ", DeviceKinds.All) + "." };
        var counter = new Argument<string>("COUNTER") { Description = "The counter's number, or - for none.", DefaultValueFactory = _ => "-" };
        var add = new Command("add", "Registers a device and prints its secret once; a known id gets a new secret.") { id, kind, counter, data };
        add.SetAction((parsed, _) => AddAsync(
            parsed.InvocationConfiguration, parsed.GetRequiredValue(data), parsed.GetRequiredValue(id), parsed.GetRequiredValue(kind), parsed.GetRequiredValue(counter)));
        var revoke = new Command("revoke", "Takes a device out: a running hub ends its connection within a second.") { id, data };
        // A technician may give back the words of add.
        revoke.Arguments.Add(new Argument<string[]>("REST") { Hidden = true, Arity = ArgumentArity.ZeroOrMore });
        revoke.SetAction((parsed, _) => RevokeAsync(parsed.InvocationConfiguration, parsed.GetRequiredValue(data), parsed.GetRequiredValue(id)));
        return new Command("device", "Devices of the hall.") { add, revoke };
    }

    private static async Task<int> AddAsync(InvocationConfiguration terminal, string data, string id, string kind, string counter)
    {
        var secret = Secrets.New();
        await HallTools.ExecuteAsync(DataFolder.Existing(data), new AddDevice(id, kind, Counter(counter), Secrets.Hash(secret)));
        terminal.Output.WriteLine(secret);
        terminal.Error.WriteLine($"{id} is registered. The line above is its secret; it is shown this once.");
        return 0;
    }

    private static async Task<int> RevokeAsync(InvocationConfiguration terminal, string data, string id)
    {
        await HallTools.ExecuteAsync(DataFolder.Existing(data), new RevokeDevice(id));
        terminal.Error.WriteLine($"{id} is revoked.");
        return 0;
    }

    private static int? Counter(string counter) =>
        counter == "-" ? null
        : int.TryParse(counter, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StartException($"COUNTER: '{counter}' is not a counter of this hall; give its number, or - for none.");
}
