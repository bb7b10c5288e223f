namespace Reception.Hosting.Settings;

/// <summary>A program can't start with its settings. The message is one plain line for the technician.</summary>
public sealed class SettingsException(string line) : Exception(line);
