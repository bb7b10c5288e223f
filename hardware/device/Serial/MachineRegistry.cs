using System.Runtime.Versioning;
using System.Security;
using Microsoft.Win32;

namespace Reception.Device.Serial;

/// <summary>What is read of Windows' registry, below <c>HKEY_LOCAL_MACHINE</c>.</summary>
internal interface IRegistry
{
    /// <summary>The names of the keys in a key; none where it is missing or may not be read.</summary>
    IReadOnlyList<string> Keys(string key);

    /// <summary>The names of its values.</summary>
    IReadOnlyList<string> Names(string key);

    /// <summary>A value that is text, or null.</summary>
    string? Text(string key, string name);
}

/// <summary>The registry of this machine.</summary>
[SupportedOSPlatform("windows")]
internal sealed class MachineRegistry : IRegistry
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Keys(string key) => Read(key, opened => opened.GetSubKeyNames()) ?? [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names(string key) => Read(key, opened => opened.GetValueNames()) ?? [];

    /// <inheritdoc/>
    public string? Text(string key, string name) => Read(key, opened => opened.GetValue(name) as string);

    private static T? Read<T>(string key, Func<RegistryKey, T?> read)
        where T : class
    {
        try
        {
            using var opened = Registry.LocalMachine.OpenSubKey(key);
            return opened is null ? null : read(opened);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SecurityException)
        {
            // The adapter was pulled out while it was looked at, or an account may not read this: the list does without.
            return null;
        }
    }
}
