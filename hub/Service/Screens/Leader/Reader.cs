namespace Reception.Hub.Screens.Leader;

/// <summary>Who looks at a leader's screen.</summary>
/// <param name="Administers">Whether they answer for the hub itself.</param>
public sealed record Reader(string Name, bool Administers);
