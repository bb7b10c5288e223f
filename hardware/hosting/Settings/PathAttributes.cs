namespace Reception.Hosting.Settings;

/// <summary>A path, which may be relative to the settings file; the options get it absolute.</summary>
public abstract class PathAttribute : SettingAttribute
{
    /// <inheritdoc/>
    public sealed override SettingValue Read(string value, string folder)
    {
        if (value.Length == 0)
        {
            return SettingValue.When(isAllowed: false, value);
        }

        try
        {
            var path = Path.GetFullPath(value, folder);
            return new SettingValue(path, Reason(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A zero byte is in no path.
            return new SettingValue(value, exception.Message);
        }
    }

    /// <summary>Why the path is not allowed, empty where there is no more to say; null where it is allowed.</summary>
    protected abstract string? Reason(string path);
}

/// <summary>A folder that can be written; it is made where it is missing.</summary>
public sealed class WritableFolderAttribute : PathAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "a folder that can be written";

    /// <inheritdoc/>
    protected override string? Reason(string path)
    {
        Directory.CreateDirectory(path);
        var probe = Path.Combine(path, ".writable");
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
        return null;
    }
}

/// <summary>A file that exists.</summary>
public sealed class ExistingFileAttribute : PathAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "the path of a file";

    /// <inheritdoc/>
    protected override string? Reason(string path) => File.Exists(path) ? null : "this one does not exist";
}

/// <summary>A file that holds a secret and that nobody else on this machine can read: on Linux one with mode 0600 or less.</summary>
public sealed class SecretFileAttribute : PathAttribute
{
    /// <inheritdoc/>
    public override string Allowed => OperatingSystem.IsWindows()
        ? "the path of a file that holds the secret and that the group Users can't read"
        : "the path of a file with mode 0600 that holds the secret";

    /// <inheritdoc/>
    protected override string? Reason(string path) =>
        !PrivateFile.IsPrivate(path) ? "others can read this one"
        : File.ReadAllText(path).Trim().Length == 0 ? "this one is empty"
        : null;
}
