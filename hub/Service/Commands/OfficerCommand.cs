using System.CommandLine;
using Reception.Hub.Site;
using Reception.Hub.Staff;

namespace Reception.Hub.Commands;

/// <summary><c>hub officer pin</c>: gives an officer of the hall a new PIN.</summary>
internal static class OfficerCommand
{
    public static Command Make()
    {
        var data = DataFolder.Option("The data folder.");
        var code = new Argument<string>("CODE") { Description = "The officer's code." };
        var pin = new Command("pin", "Makes a new PIN and prints it once; the old one ends at once.") { code, data };
        pin.SetAction(parsed => Run(parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(data), parsed.GetRequiredValue(code)));
        return new Command("officer", "Officers' accounts.") { pin };
    }

    private static int Run(TextWriter output, string data, string code)
    {
        using var book = SetupBook.Open(DataFolder.Existing(data));
        if (book.Current.Officer(code) is not { } officer)
        {
            throw new StartException($"'{code}' is no officer of this hall; the codes are {string.Join(", ", book.Current.File.Officers.Select(known => known.Code))}.");
        }

        output.WriteLine($"{officer.Name} ({code}) signs in with the PIN {Pins.GiveNew(book, code, new Author(null, TimeProvider.System.GetUtcNow()))}. It is shown this once.");
        return 0;
    }
}
