using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.SignIn;

/// <summary>Where a person signs in; the session itself is made by the public interface.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this RouteGroupBuilder app)
    {
        var pages = app.MapGroup("").OpenBeforePinChange();
        pages.MapGet("/signin", IResult (HallBoard board, SetupBook book, Words words, TimeProvider clock) =>
            new RazorComponentResult<SignInPage>(new { View = View(board, book, words, clock) }));
        pages.MapGet("/signin/part", IResult (HallBoard board, SetupBook book, Words words, TimeProvider clock) =>
            new RazorComponentResult<SignInCounters>(new { View = View(board, book, words, clock), Fresh = true }));
    }

    private static SignInView View(HallBoard board, SetupBook book, Words words, TimeProvider clock) =>
        SignInView.Of(board.Current.State, book.Current, words, clock.GetUtcNow());
}
