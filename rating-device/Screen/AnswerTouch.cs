using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Protocol;
using Reception.Rater.Rating;

namespace Reception.Rater.Screen;

/// <summary>What the touches post; each is answered with the screen as it is then.</summary>
internal static class AnswerTouch
{
    public static IResult Press(RatingDesk desk, int level) => Levels.IsLevel(level) ? Screen(desk.Press(level)) : TypedResults.BadRequest();

    public static IResult Change(RatingDesk desk) => Screen(desk.ChangeMind());

    public static IResult Reason(RatingDesk desk, string reason) => Reasons.All.Contains(reason) ? Screen(desk.GiveReason(reason)) : TypedResults.BadRequest();

    public static IResult Done(RatingDesk desk) => Screen(desk.Finish());

    private static RazorComponentResult<RaterPart> Screen(RaterView view) => new(new { View = view });
}
