namespace Reception.Receiver;

/// <summary><c>GET /live</c>: a server-sent event whenever something arrived, at most four a second; a comment every 15 s.</summary>
internal static class WatchArrivals
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    public static async Task HandleAsync(HttpContext context, Ledger ledger, TimeProvider clock, IHostApplicationLifetime life)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var seen = -1;
        try
        {
            while (true)
            {
                var tally = ledger.Tally;
                await context.Response.WriteAsync(tally.Batches == seen ? ": still here\n\n" : $"event: arrived\ndata: {tally.Events}\n\n", ending.Token);
                await context.Response.Body.FlushAsync(ending.Token);
                seen = tally.Batches;
                await Task.Delay(Least, clock, ending.Token);
                await Task.WhenAny(ledger.ChangedAsync(seen), Task.Delay(Quiet, clock, ending.Token));
                ending.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The browser has gone, or the program ends: that is how a stream is closed.
        }
    }
}
