namespace Reception.Protocol;

/// <summary>Device ids: <c>[a-z0-9-]{1,32}</c> (section 1 of the wire contracts).</summary>
public static class DeviceIds
{
    /// <summary>The longest device id, in characters.</summary>
    public const int MaximumLength = 32;

    /// <summary>Whether the text is a device id.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return false;
        }

        foreach (var character in text)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
