namespace Reception.Hosting.Settings;

/// <summary>Options with a rule that looks at more than one key.</summary>
public interface ISettings
{
    /// <summary>What is wrong, in one line that begins with the key; null where all is well.</summary>
    string? Fault();
}
