using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Rater.Rating;

namespace Reception.Rater.Screen;

/// <summary><c>GET /</c>, the page, and <c>GET /screen</c>, the part of it that changes.</summary>
internal static class ShowScreen
{
    public static IResult Page(RatingDesk desk) => new RazorComponentResult<RaterPage>(new { desk.View });

    public static IResult Part(RatingDesk desk, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<RaterPart>(new { desk.View });
    }
}
