namespace Reception.Hub.Screens.Account;

/// <summary>Somebody's own account.</summary>
/// <param name="Hall">The hall's name.</param>
/// <param name="Name">Whose account it is.</param>
/// <param name="Leads">Whether they are a leader or an administrator.</param>
/// <param name="MustChange">Whether the PIN must be changed first, because somebody else knows it.</param>
/// <param name="Saved">Whether the page comes after a change that was kept.</param>
/// <param name="Next">The page that was asked for, or empty.</param>
public sealed record AccountView(string Hall, string Name, bool Leads, bool MustChange, bool Saved, string Next)
{
    /// <summary>The page that they work at.</summary>
    public string Home => Leads ? "/dashboard" : "/console";
}
