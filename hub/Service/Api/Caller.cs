using Reception.Hub.Site;
using Reception.Hub.Staff;

namespace Reception.Hub.Api;

/// <summary>Who calls: a device by its secret, a person by a session, or nobody.</summary>
internal sealed record Caller(Device? Device, Person? Person)
{
    /// <summary>The phone, where one takes a number.</summary>
    public string? Phone { get; init; }

    /// <summary>The name under which a repeat is known.</summary>
    public string Principal =>
        Device is { } device ? $"http:{device.Id}" : Person is { } person ? $"person:{person.Code}" : Phone is { } phone ? $"phone:{phone}" : "anyone";

    public bool IsKnown => Device is not null || Person is not null;
}

/// <summary>Reads who calls from a request.</summary>
internal sealed class Callers(SetupBook book, Sessions sessions)
{
    private const string Scheme = "Bearer ";

    /// <summary>The caller; null where a device's credentials are wrong.</summary>
    public Caller? Read(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        if (header is null)
        {
            return new Caller(null, sessions.Find(SessionCookie.Read(context)));
        }

        return Device(header) is { } device ? new Caller(device, null) : null;
    }

    private Device? Device(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
        {
            return null;
        }

        var id = header[Scheme.Length..colon].Trim();
        return book.Current.Devices.TryGetValue(id, out var device) && Secrets.Matches(header[(colon + 1)..].Trim(), device.SecretHash) ? device : null;
    }
}
