using System.Globalization;
using Reception.Theme;

namespace Reception.Hub.Api;

/// <summary><c>GET /api/v1/hall/events</c>: the hall's changes as server-sent events.</summary>
internal static class WatchHall
{
    public static Task HandleAsync(HttpContext context, HallFeed feed, Callers callers, TimeProvider time, IHostApplicationLifetime life) =>
        EventStream.RunAsync(context, time, life, async stream =>
        {
            string? last = context.Request.Headers["Last-Event-ID"];
            var after = long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : (long?)null;
            var (reader, missed, hall, end) = feed.Subscribe(after);
            using var subscription = end;
            var sent = after ?? 0;
            if (missed is null)
            {
                sent = hall.Version;
                await stream.SendAsync(feed.First(hall, time.GetUtcNow()).For(Audience.Anyone));
            }
            else
            {
                await stream.SendAliveAsync();
                foreach (var past in missed)
                {
                    await SendVersionAsync(past);
                    sent = past.Version;
                }
            }

            while (true)
            {
                var news = reader.WaitToReadAsync(stream.Ended).AsTask();
                await stream.WaitAsync(news);
                if (!await news)
                {
                    return;
                }

                while (reader.TryRead(out var next))
                {
                    if (next.Version > sent)
                    {
                        await SendVersionAsync(next);
                        sent = next.Version;
                    }
                }
            }

            // Sends what the caller may see of a version, where that is anything.
            async Task SendVersionAsync(FeedVersion next)
            {
                // Asked anew for each version: a session may have ended meanwhile.
                var person = callers.Read(context)?.Person;
                var bytes = next.For(person is null or { MustChangePin: true } ? Audience.Anyone : person.Leads ? Audience.Leaders : Audience.SignedIn);
                if (!bytes.IsEmpty)
                {
                    await stream.SendAsync(bytes);
                }
            }
        });
}
