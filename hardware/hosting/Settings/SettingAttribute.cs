namespace Reception.Hosting.Settings;

/// <summary>What a setting may be.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class SettingAttribute : Attribute
{
    /// <summary>In words, after "allowed is".</summary>
    public abstract string Allowed { get; }

    /// <summary>Reads a value.</summary>
    /// <param name="value">As the file or the environment has it.</param>
    /// <param name="folder">The folder that relative paths are relative to.</param>
    public abstract SettingValue Read(string value, string folder);
}

/// <summary>What a setting's value was read as.</summary>
/// <param name="Value">The value that the options get.</param>
/// <param name="Reason">Why it is not allowed, empty where there is no more to say; null where it is allowed.</param>
public readonly record struct SettingValue(string Value, string? Reason)
{
    /// <summary>The value if it is allowed.</summary>
    public static SettingValue When(bool isAllowed, string value) => new(value, isAllowed ? null : "");
}
