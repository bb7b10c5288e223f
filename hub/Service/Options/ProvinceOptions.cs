namespace Reception.Hub.Options;

/// <summary>Where the province is. Without an address nothing is forwarded.</summary>
internal sealed record ProvinceOptions
{
    public string? Address { get; init; }

    public string? TokenAddress { get; init; }

    public string? ClientId { get; init; }

    /// <summary>A file that holds the client's secret, readable by its owner alone.</summary>
    public string? ClientSecretFile { get; init; }

    public bool IsOn => !string.IsNullOrEmpty(Address);

    public bool HasToken => !string.IsNullOrEmpty(TokenAddress);

    /// <summary>What is wrong, in one line that names the key, the value and what is allowed; null where all is well.</summary>
    public string? Fault()
    {
        if (!IsOn)
        {
            return null;
        }

        return AddressFault("province.address", Address!)
            ?? (HasToken ? AddressFault("province.tokenAddress", TokenAddress!) ?? ClientFault() : null);
    }

    public Uri ExactAddress() => Exact(Address!)!;

    public Uri ExactTokenAddress() => Exact(TokenAddress!)!;

    /// <summary>Read at every use, so that a new secret needs no restart.</summary>
    public string ReadClientSecret() => File.ReadAllText(ClientSecretFile!).Trim();

    private static string? AddressFault(string key, string value) => Exact(value) is null
        ? $"{key}: \"{value}\" is not allowed; it is an http:// or https:// address without user name, fragment or spaces."
        : null;

    private string? ClientFault()
    {
        if (string.IsNullOrWhiteSpace(ClientId))
        {
            return "province.clientId: is missing; with province.tokenAddress it is the client's name at that address.";
        }

        if (!File.Exists(ClientSecretFile))
        {
            return $"province.clientSecretFile: \"{ClientSecretFile}\" does not exist; it is a file that holds the client's secret.";
        }

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(ClientSecretFile) & others) != 0)
        {
            return $"province.clientSecretFile: \"{ClientSecretFile}\" can be read by others; its mode is to be 0600.";
        }

        return null;
    }

    // The address is used as it was written: no dots resolved, no escapes rewritten.
    private static Uri? Exact(string text) =>
        text.All(c => c is > ' ' and < '\x7f' and not '#')
        && Uri.TryCreate(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var address)
        && address.Scheme is "http" or "https"
        && address.Host.Length > 0
        && address.UserInfo.Length == 0
            ? address
            : null;
}
