using System.Diagnostics;
using System.Globalization;

namespace Reception.Runner;

/// <summary>Signals to processes, by the shell's own <c>kill</c>. One to a process that has ended does nothing.</summary>
internal static class Signals
{
    /// <summary>Asks a process to end.</summary>
    public static Task AskToEndAsync(int process) => SendAsync("TERM", process);

    /// <summary>Ends every process of a group, which has its leader's id.</summary>
    public static Task KillGroupAsync(int leader) => SendAsync("KILL", -leader);

    private static async Task SendAsync(string signal, int target)
    {
        const string Script = """kill -s "$1" -- "$2" 2>/dev/null""";
        string[] arguments = ["-c", Script, "kill", signal, target.ToString(CultureInfo.InvariantCulture)];
        using var kill = Process.Start(new ProcessStartInfo("bash", arguments))!;
        await kill.WaitForExitAsync();
    }
}
