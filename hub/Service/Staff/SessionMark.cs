namespace Reception.Hub.Staff;

/// <summary>
/// Tells a page's script one signed-in session from another, so that the stream which the pages of a browser share is opened anew after a
/// sign-in. It proves nothing, and the session can't be found from it.
/// </summary>
internal sealed class SessionMark(IHttpContextAccessor accessor)
{
    private const int Bytes = 6;

    public string Mark => accessor.HttpContext is { } context && SessionCookie.Read(context) is { } token
        ? Convert.ToHexStringLower(Sessions.Hash(token).AsSpan(0, Bytes))
        : "";
}
