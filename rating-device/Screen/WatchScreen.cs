using Reception.Rater.Rating;
using Reception.Theme;

namespace Reception.Rater.Screen;

/// <summary><c>GET /live</c>: a server-sent event at once and whenever the screen changed, a comment every 15 s.</summary>
internal static class WatchScreen
{
    public static Task HandleAsync(HttpContext context, RaterScreenState state, TimeProvider time, IHostApplicationLifetime life) =>
        EventStream.RunAsync(context, time, life, async stream =>
        {
            while (true)
            {
                var version = state.View.Version;
                await stream.SendAsync("screen", "changed");
                await stream.WaitAsync(state.ChangedAsync(version));
            }
        });
}
