using Reception.Hub.Options;
using Reception.Hub.Site;

namespace Reception.Hub.Api;

/// <summary>The certificate of the hall's own authority, which browsers of the hall are told to trust.</summary>
internal static class AuthorityEndpoints
{
    public static void MapAuthority(this WebApplication app) =>
        app.MapGet("/authority.crt", IResult (HubOptions options) => HallAuthority.Find(options.Data) is { } path
            ? Results.File(path, "application/x-x509-ca-cert", "authority.crt")
            : Results.NotFound()).ServedPlain().ExcludeFromDescription();
}
