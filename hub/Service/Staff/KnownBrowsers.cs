using System.Security.Cryptography;
using System.Text;
using Reception.Hub.Site;

namespace Reception.Hub.Staff;

/// <summary>
/// Knows a browser in which an officer has signed in before, by a cookie that the hub signed; nothing is stored. Another PIN ends it.
/// </summary>
internal sealed class KnownBrowsers(HubSecret secret)
{
    private const int IdLength = 32;
    private static readonly TimeSpan Life = TimeSpan.FromDays(180);

    /// <summary>The browser's id, where the officer has signed in there with the present PIN; else null.</summary>
    public string? Find(HttpContext context, string officer, string? pinHash) =>
        context.Request.Cookies[NameOf(officer)] is { Length: > IdLength } cookie && pinHash is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(cookie), Encoding.UTF8.GetBytes(Sign(cookie[..IdLength], officer, pinHash)))
            ? cookie[..IdLength]
            : null;

    /// <summary>Marks the browser in which an officer has signed in.</summary>
    public void Mark(HttpContext context, string officer, string pinHash) => context.Response.Cookies.Append(
        NameOf(officer),
        Sign(RandomNumberGenerator.GetHexString(IdLength, lowercase: true), officer, pinHash),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", MaxAge = Life });

    private static string NameOf(string officer) => $"known-{officer}";

    private string Sign(string id, string officer, string pinHash) =>
        id + Convert.ToHexStringLower(secret.Sign($"browser:{id}:{officer}:{pinHash}"));
}
