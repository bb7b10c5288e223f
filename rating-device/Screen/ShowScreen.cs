using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Rater.Rating;

namespace Reception.Rater.Screen;

/// <summary><c>GET /</c>, the page, and <c>GET /screen</c>, the part of it that changes.</summary>
internal static class ShowScreen
{
    public static IResult Page(RaterScreenState state) => new RazorComponentResult<RaterPage>(new { state.View });

    public static IResult Part(RaterScreenState state, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<RaterPart>(new { state.View });
    }
}
