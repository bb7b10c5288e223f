namespace Reception.Runner;

/// <summary>Why the hall can't open, in one line for the person at the terminal.</summary>
internal sealed class StartException(string message) : Exception(message);
