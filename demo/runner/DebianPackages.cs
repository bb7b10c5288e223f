using System.Diagnostics;

namespace Reception.Runner;

/// <summary>The Debian packages that the build needs, as <c>.ci/debian</c> lists them.</summary>
internal static class DebianPackages
{
    private const string Script = """
        . "$1/.ci/debian"
        needs=("${build_needs[@]}")
        [ "$2" = False ] || needs+=("${firmware_needs[@]}")
        install_missing "${needs[@]}"
        """;

    /// <summary>
    /// Installs what is missing. It has the terminal, as sudo may ask for a password, and is never killed: half an installation would stay.
    /// </summary>
    /// <returns>Whether all is there; where it is not, the reason has been said.</returns>
    public static async Task<bool> InstallAsync(string root, bool firmware)
    {
        using var install = Process.Start(new ProcessStartInfo("bash", ["-c", Script, "run", root, $"{firmware}"]))!;
        await install.WaitForExitAsync();
        return install.ExitCode == 0;
    }
}
