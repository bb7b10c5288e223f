namespace Reception.Hosting;

/// <summary>Where a program finds its settings when its command line does not say.</summary>
public static class ProgramFolder
{
    /// <summary>The folder: <c>/var/lib/reception-kiosk</c>, on Windows <c>%ProgramData%\Reception\kiosk</c>.</summary>
    /// <param name="program">Short name of the program: <c>hub</c>, <c>kiosk</c>, <c>rater</c>, <c>desk</c>.</param>
    public static string Of(string program) => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "Reception", program)
        // A machine's first program is its hub.
        : program == "hub" ? "/var/lib/reception" : $"/var/lib/reception-{program}";

    /// <summary>The settings there: <c>kiosk.json</c>.</summary>
    public static string SettingsOf(string program) => Path.Combine(Of(program), $"{program}.json");
}
