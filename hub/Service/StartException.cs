namespace Reception.Hub;

/// <summary>Why the hub can't start, in one line for the technician.</summary>
internal sealed class StartException(string message) : Exception(message);
