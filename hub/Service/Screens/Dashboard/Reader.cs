namespace Reception.Hub.Screens.Dashboard;

/// <summary>Who looks at a leader's screen.</summary>
public sealed record Reader(string Name);
