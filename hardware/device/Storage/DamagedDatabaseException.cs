namespace Reception.Device.Storage;

/// <summary>A database file can be opened, and what is in it is not what was written.</summary>
internal sealed class DamagedDatabaseException(string message) : Exception(message);
