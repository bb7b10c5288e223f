namespace Reception.Settings;

/// <summary>A value in a settings file that the program cannot start with. The message is one plain line for the technician.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Makes it of the line.</summary>
    public SettingsException(string line)
        : base(line)
    {
    }
}
