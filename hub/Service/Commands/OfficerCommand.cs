using System.CommandLine;
using Reception.Hub.Tools;
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
        pin.SetAction((parsed, _) => RunAsync(parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(data), parsed.GetRequiredValue(code)));
        return new Command("officer", "Officers' accounts.") { pin };
    }

    private static async Task<int> RunAsync(TextWriter output, string data, string code)
    {
        var pin = Pins.New();
        var name = await HallTools.ExecuteAsync(DataFolder.Existing(data), new SetPin(code, Pins.Hash(code, pin)));
        output.WriteLine($"{name} ({code}) signs in with the PIN {pin}. It is shown this once, and must be changed at the next sign-in.");
        return 0;
    }
}
