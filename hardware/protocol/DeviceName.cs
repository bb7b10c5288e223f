namespace Reception.Protocol;

/// <summary>What people call a device.</summary>
public static class DeviceName
{
    /// <summary>Longest name, in UTF-16 code units.</summary>
    public const int MaximumLength = 60;

    /// <summary>Whether a text is 1 to 60 characters that can all be seen, without spaces at its ends.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= MaximumLength && name.Trim().Length == name.Length && VisibleText.Is(name);
    }
}

/// <summary>By which a device that has no secret yet asks for its pairing.</summary>
public static class PairingNonce
{
    /// <summary>Shortest nonce, in characters.</summary>
    public const int MinimumLength = 8;

    /// <summary>Longest nonce, in characters.</summary>
    public const int MaximumLength = 128;

    /// <summary>Whether a text is 8 to 128 visible ASCII characters.</summary>
    public static bool IsValid(string nonce)
    {
        ArgumentNullException.ThrowIfNull(nonce);
        return nonce.Length is >= MinimumLength and <= MaximumLength && nonce.All(character => character is > ' ' and <= '~');
    }
}
