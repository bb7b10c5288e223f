using System.Globalization;
using System.Text;
using Reception.Hub.Journal;
using Reception.Hub.Staff;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>Writes the hall's changes to one browser or program as server-sent events.</summary>
internal static class EventStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task SendAsync(HttpContext context, HallFeed feed, Renderer renderer, Callers callers, TimeProvider clock, IHostApplicationLifetime life)
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
                var first = new FeedEvent("hall", Encoding.UTF8.GetString(ProtocolJson.Write(renderer.Hall(hall, clock.GetUtcNow()))), Audience.Anyone);
                await WriteAsync(context, [first], hall.Version, cancellation);
            }
            else
            {
                await context.Response.WriteAsync(":\n\n", cancellation);
                await context.Response.Body.FlushAsync(cancellation);
                foreach (var past in missed)
                {
                    await SendVersionAsync(context, callers, past, cancellation);
                    sent = past.Version;
                }
            }

            var written = clock.GetTimestamp();
            while (true)
            {
                var left = Heartbeat - clock.GetElapsedTime(written);
                using var heartbeat = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation, heartbeat.Token);
                try
                {
                    if (!await reader.WaitToReadAsync(wait.Token))
                    {
                        return;
                    }
                }
                catch (OperationCanceledException) when (heartbeat.IsCancellationRequested && !cancellation.IsCancellationRequested)
                {
                    // Nothing was sent for 15 s: a comment says that the stream lives.
                    await context.Response.WriteAsync(":\n\n", cancellation);
                    await context.Response.Body.FlushAsync(cancellation);
                    written = clock.GetTimestamp();
                    continue;
                }

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
        var allowed = version.Events.Where(happened => Sees(person, happened.Audience)).ToList();
        if (allowed.Count == 0)
        {
            return false;
        }

        await WriteAsync(context, allowed, version.Version, cancellation);
        return true;
    }

    private static bool Sees(Person? person, Audience audience) => audience switch
    {
        Audience.Anyone => true,
        Audience.SignedIn => person is not null,
        _ => person is { Leads: true },
    };

    private static async Task WriteAsync(HttpContext context, IReadOnlyList<FeedEvent> events, long version, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        for (var index = 0; index < events.Count; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"event: {events[index].Name}\ndata: {events[index].Data}\n");
            if (index == events.Count - 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"id: {version}\n");
            }

            text.Append('\n');
        }

        await context.Response.WriteAsync(text.ToString(), cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
