using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Staff;

namespace Reception.Hub.Tools;

/// <summary>
/// Gives an officer another PIN, whose hash alone comes here and which must be changed at the next sign-in; gives the officer's name.
/// </summary>
internal sealed record SetPin(string Officer, string Hash) : ToolCommand
{
    public override Result<string> Execute(HallTransaction transaction)
    {
        if (transaction.Setup.Officer(Officer) is not { } officer)
        {
            var codes = string.Join(", ", transaction.Setup.File.Officers.Select(known => known.Code));
            return Refused($"'{Officer}' is not an officer of this hall; the codes are {codes}.");
        }

        Pins.Set(transaction, Officer, Hash, by: null, mustChange: true);
        return officer.Name;
    }
}
