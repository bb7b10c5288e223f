using Reception.Rater.Rating;

namespace Reception.Rater.Screen;

/// <summary><c>GET /live</c>: a server-sent event whenever the screen changed, a comment every 15 s.</summary>
internal static class WatchScreen
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    public static async Task HandleAsync(HttpContext context, RaterScreenState state, TimeProvider time, IHostApplicationLifetime life)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var seen = 0L;
        try
        {
            while (true)
            {
                var version = state.View.Version;
                await context.Response.WriteAsync(version == seen ? ": still here\n\n" : "event: screen\ndata: changed\n\n", ending.Token);
                await context.Response.Body.FlushAsync(ending.Token);
                seen = version;
                await Task.WhenAny(state.ChangedAsync(seen), Task.Delay(Quiet, time, ending.Token));
                ending.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The browser has gone, or the program ends: that is how a stream is closed.
        }
    }
}
