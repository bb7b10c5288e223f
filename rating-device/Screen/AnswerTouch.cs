using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Protocol;
using Reception.Rater.Rating;

namespace Reception.Rater.Screen;

/// <summary>What the touches post; each is answered with the screen as it is then.</summary>
internal static class AnswerTouch
{
    public static IResult Press(RaterScreenState state, int level) => Levels.IsLevel(level) ? Screen(state.Press(level)) : TypedResults.BadRequest();

    public static IResult Change(RaterScreenState state) => Screen(state.ChangeMind());

    public static IResult Reason(RaterScreenState state, string reason) => Reasons.All.Contains(reason) ? Screen(state.GiveReason(reason)) : TypedResults.BadRequest();

    public static IResult Done(RaterScreenState state) => Screen(state.Finish());

    private static RazorComponentResult<RaterPart> Screen(RaterView view) => new(new { View = view });
}
