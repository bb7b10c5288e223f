using Reception.Hub.Commands;

namespace Reception.Hall.Tests.Parts;

/// <summary>What a technician types, done by the program's own command line in this process.</summary>
internal static class Typed
{
    /// <summary>The words after <c>hub</c>; gives the exit code and all that was said.</summary>
    public static async Task<(int Code, string Said)> HubAsync(params IEnumerable<string> words)
    {
        using var said = new StringWriter();
        var code = await CommandLine.RunAsync([.. words], said, said);
        return (code, said.ToString().TrimEnd('\n'));
    }
}
