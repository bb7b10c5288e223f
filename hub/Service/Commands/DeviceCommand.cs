using System.CommandLine;
using System.Globalization;
using Reception.Hub.Site;
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
        add.SetAction(parsed => Add(
            parsed.InvocationConfiguration, parsed.GetRequiredValue(data), parsed.GetRequiredValue(id), parsed.GetRequiredValue(kind), parsed.GetRequiredValue(counter)));
        var revoke = new Command("revoke", "Takes a device out: a running hub ends its connection within a second.") { id, data };
        // A technician may give back the words of add.
        revoke.Arguments.Add(new Argument<string[]>("REST") { Hidden = true, Arity = ArgumentArity.ZeroOrMore });
        revoke.SetAction(parsed => Revoke(parsed.InvocationConfiguration, parsed.GetRequiredValue(data), parsed.GetRequiredValue(id)));
        return new Command("device", "Devices of the hall.") { add, revoke };
    }

    private static int Add(InvocationConfiguration terminal, string data, string id, string kind, string counter)
    {
        var folder = DataFolder.Existing(data);
        using var book = SetupBook.Open(folder);
        if (!DeviceIds.IsValid(id))
        {
            throw new StartException($"ID: '{id}' is not allowed; a device's id is 1 to {DeviceIds.MaximumLength} of a-z, 0-9 and -.");
        }

        if (!DeviceKinds.All.Contains(kind))
        {
            throw new StartException($"KIND: '{kind}' is not known; allowed are {string.Join(", ", DeviceKinds.All)}.");
        }

        var secret = Secrets.New();
        book.AddDevice(new Device(id, kind, Counter(book.Current, counter), Secrets.Hash(secret)), TimeProvider.System.GetUtcNow());
        terminal.Output.WriteLine(secret);
        terminal.Error.WriteLine($"{id} is registered. The line above is its secret; it is shown this once.");
        return 0;
    }

    private static int Revoke(InvocationConfiguration terminal, string data, string id)
    {
        var folder = DataFolder.Existing(data);
        using var book = SetupBook.Open(folder);
        if (!book.RemoveDevice(id))
        {
            throw new StartException($"ID: '{id}' is no device of this hall.");
        }

        terminal.Error.WriteLine($"{id} is revoked.");
        return 0;
    }

    private static int? Counter(HallSetup setup, string counter)
    {
        if (counter == "-")
        {
            return null;
        }

        return int.TryParse(counter, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && setup.File.Counters.Any(known => known.Number == number)
            ? number
            : throw new StartException($"COUNTER: '{counter}' is no counter of this hall; give its number, or - for none.");
    }
}
