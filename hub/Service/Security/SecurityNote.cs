namespace Reception.Hub.Security;

/// <summary>Something to be written to the security log that no command of the journal writes itself.</summary>
/// <param name="Person">The code of the account it is about; null for none, or an unknown name: a PIN may have been typed as a name.</param>
internal sealed record SecurityNote(SecurityKind Kind, string? Person, SecurityDetail Detail);
