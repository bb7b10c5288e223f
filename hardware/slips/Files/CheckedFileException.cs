namespace Reception.Slips.Files;

/// <summary>A file that a person wrote can't be used. The message is one plain line for the technician.</summary>
public sealed class CheckedFileException(string line) : Exception(line);
