using System.Globalization;
using System.Net;

namespace Reception.Hosting.Settings;

/// <summary>A whole number within bounds, both included.</summary>
public sealed class WholeNumberAttribute(int lowest, int highest = int.MaxValue) : SettingAttribute
{
    /// <summary>What a value stands for that has a meaning of its own, in words that follow a semicolon; null where none has.</summary>
    public string? Note { get; init; }

    /// <inheritdoc/>
    public override string Allowed
    {
        get
        {
            var bounds = highest == int.MaxValue ? $"of at least {lowest}" : $"from {lowest} to {highest}";
            return Note is null ? $"a whole number {bounds}" : $"a whole number {bounds}; {Note}";
        }
    }

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) => SettingValue.When(
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest, value);
}

/// <summary>One of a few words.</summary>
public sealed class OneOfAttribute(params string[] words) : SettingAttribute
{
    /// <inheritdoc/>
    public override string Allowed => words is [.. var others, var last] && others.Length > 0 ? $"{string.Join(", ", others)} or {last}" : words[0];

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) => SettingValue.When(words.Contains(value, StringComparer.Ordinal), value);
}

/// <summary>Yes or no; the rule of a property that is a <see cref="bool"/>.</summary>
internal sealed class TrueOrFalseAttribute : SettingAttribute
{
    public override string Allowed => "true or false";

    // The JSON reader writes true as True.
    public override SettingValue Read(string value, string folder) => SettingValue.When(bool.TryParse(value, out _), value);
}

/// <summary>A host's name or address.</summary>
public sealed class HostNameAttribute : SettingAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "a host's name or address";

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) => SettingValue.When(Uri.CheckHostName(value) != UriHostNameType.Unknown, value);
}

/// <summary>The address of another program, <c>http</c> or <c>https</c>.</summary>
public sealed class HttpAddressAttribute : SettingAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "an address such as http://127.0.0.1:8080";

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) =>
        SettingValue.When(Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https", value);
}

/// <summary>The address of a program that is sent a secret: <c>https</c>, or on this machine.</summary>
public sealed class SecretAddressAttribute : SettingAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "an https address such as https://192.0.2.10:8443, or an http address on this machine: the device's secret is sent there";

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) => SettingValue.When(
        Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)), value);
}

/// <summary>Where a program's own screen is served: on this machine only.</summary>
public sealed class LoopbackAddressAttribute : SettingAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "an http address on this machine with a port, such as http://127.0.0.1:8082";

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) => SettingValue.When(
        Uri.TryCreate(value, UriKind.Absolute, out var address)
            && address.Scheme == "http" && address.IsLoopback && address.AbsolutePath == "/"
            && (IPAddress.TryParse(address.DnsSafeHost, out _) || address.Host == "localhost"),
        value);
}

/// <summary>A list of objects.</summary>
/// <param name="most">The most it may have.</param>
public sealed class ListAttribute(int most) : SettingAttribute
{
    /// <summary>The most it may have.</summary>
    public int Most => most;

    /// <inheritdoc/>
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a list of at most {most} objects");

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) => SettingValue.When(isAllowed: false, value);
}
