namespace Reception.Settings;

/// <summary>A value in a settings file that the program cannot start with. The message is one plain line for the technician.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Makes the line from the file, the key, what is there and what is allowed.</summary>
    public SettingsException(string file, string key, string value, string allowed)
        : base($"{file}: {key} is {value}; allowed is {allowed}.")
    {
    }

    /// <summary>A fault of the whole file.</summary>
    public SettingsException(string line)
        : base(line)
    {
    }
}
