namespace Reception.Hub.Staff;

/// <summary>
/// The cookie that holds a session's token. Over TLS its name begins with <c>__Host-</c>: a browser takes it from this very host over TLS only, and never
/// sends it in clear.
/// </summary>
internal static class SessionCookie
{
    /// <summary>Its name without TLS, on the hub's own machine.</summary>
    public const string Plain = "reception";

    /// <summary>Its name over TLS.</summary>
    public const string Secure = "__Host-reception";

    /// <summary>The token, or null.</summary>
    public static string? Read(HttpContext context) => context.Request.Cookies[NameAt(context)];

    public static void Write(HttpContext context, string token) => context.Response.Cookies.Append(NameAt(context), token, Options(context));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(NameAt(context), Options(context));

    private static string NameAt(HttpContext context) => context.Request.IsHttps ? Secure : Plain;

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/" };
}
