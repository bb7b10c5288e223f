using System.Globalization;

namespace Reception.Hub.Api;

/// <summary>Writes the hall's changes to one browser or program as server-sent events.</summary>
internal static class EventStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly byte[] Alive = ":\n\n"u8.ToArray();

    public static async Task SendAsync(HttpContext context, HallFeed feed, Callers callers, TimeProvider clock, IHostApplicationLifetime life)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        var cancellation = either.Token;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var after = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : (long?)null;
        var (reader, missed, hall, end) = feed.Subscribe(after);
        using var subscription = end;
        try
        {
            var sent = after ?? 0;
            if (missed is null)
            {
                sent = hall.Version;
                await SendAsync(context, feed.First(hall, clock.GetUtcNow()).For(Audience.Anyone), cancellation);
            }
            else
            {
                await SendAsync(context, Alive, cancellation);
                foreach (var past in missed)
                {
                    await SendVersionAsync(context, callers, past, cancellation);
                    sent = past.Version;
                }
            }

            var written = clock.GetTimestamp();
            Task<bool>? news = null;
            while (true)
            {
                news ??= reader.WaitToReadAsync(cancellation).AsTask();
                var left = Heartbeat - clock.GetElapsedTime(written);
                await ((Task)news).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!news.IsCompleted)
                {
                    // Nothing was sent for 15 s: a comment says that the stream lives.
                    await SendAsync(context, Alive, cancellation);
                    written = clock.GetTimestamp();
                    continue;
                }

                if (!await news)
                {
                    return;
                }

                news = null;
                while (reader.TryRead(out var next))
                {
                    if (next.Version > sent)
                    {
                        written = await SendVersionAsync(context, callers, next, cancellation) ? clock.GetTimestamp() : written;
                        sent = next.Version;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The browser went away, or the hub stops: the stream ends, and EventSource comes back by itself.
        }
    }

    /// <summary>Sends what the caller may see of a version; false where that is nothing.</summary>
    private static async Task<bool> SendVersionAsync(HttpContext context, Callers callers, FeedVersion version, CancellationToken cancellation)
    {
        // Asked anew for each version: a session may have ended meanwhile.
        var person = callers.Read(context)?.Person;
        var bytes = version.For(person is null ? Audience.Anyone : person.Leads ? Audience.Leaders : Audience.SignedIn);
        if (bytes.IsEmpty)
        {
            return false;
        }

        await SendAsync(context, bytes, cancellation);
        return true;
    }

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await context.Response.Body.WriteAsync(bytes, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
