using System.Security.Cryptography;
using System.Text;
using Reception.Hub.Site;

namespace Reception.Hub.Phones;

/// <summary>How a phone is known again during the day: a random cookie, of which the hub keeps a digest.</summary>
internal static class PhoneCookie
{
    private const string Name = "phone";
    private const int Length = 32;

    /// <summary>
    /// The phone of a request, marked with the cookie. One without a cookie is known by the key of its form or request, so that a repeat of what
    /// was lost on the way is the same phone.
    /// </summary>
    public static string Mark(HttpContext context, HubSecret secret, string? key)
    {
        if (Find(context) is { } known)
        {
            return known;
        }

        var token = key is null ? Secrets.New() : Convert.ToHexStringLower(secret.Sign($"phone:{key}"))[..Length];
        context.Response.Cookies.Append(Name, token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = TimeSpan.FromDays(1),
        });
        return Digest(token);
    }

    /// <summary>The phone, where it has a cookie.</summary>
    public static string? Find(HttpContext context) => context.Request.Cookies[Name] is { Length: Length } token ? Digest(token) : null;

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
