namespace Reception.Device.Reporting;

/// <summary>A fact, or a report's sequence, could not be written: the disk is full or broken. Nothing was kept, so nobody is thanked.</summary>
public sealed class FactNotKeptException(string message, Exception inner) : Exception(message, inner);
