using Reception.Hub.Site;

namespace Reception.Hub.Staff;

/// <summary>Somebody who is signed in.</summary>
/// <param name="Code">The officer's code.</param>
/// <param name="Counter">The counter, for officers.</param>
internal sealed record Person(string Code, string Role, int? Counter)
{
    /// <summary>Whether they must change the PIN before anything else, because somebody else knows it.</summary>
    public bool MustChangePin { get; init; }

    /// <summary>Whether they see everybody's figures.</summary>
    public bool Leads => Role is Roles.Leader or Roles.Administrator;

    /// <summary>Whether they answer for the hub itself.</summary>
    public bool Administers => Role == Roles.Administrator;
}
