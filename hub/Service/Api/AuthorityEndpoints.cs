using Reception.Hub.Site;

namespace Reception.Hub.Api;

/// <summary>The certificate of the hall's own authority, which devices pin and browsers of the hall are told to trust.</summary>
internal static class AuthorityEndpoints
{
    public static void MapAuthority(this WebApplication app) =>
        app.MapGet("/authority.crt", (HallAuthority authority) =>
            Results.File(authority.AuthorityCertificate, "application/x-x509-ca-cert", "authority.crt")).ServedPlain().ExcludeFromDescription();
}
