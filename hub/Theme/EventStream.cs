using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Reception.Theme;

/// <summary>Server-sent events to one browser or program, until it goes away or this program ends.</summary>
public sealed class EventStream
{
    /// <summary>The content type of a stream.</summary>
    public const string ContentType = "text/event-stream";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly byte[] Alive = ":\n\n"u8.ToArray();

    private readonly HttpResponse _response;
    private readonly TimeProvider _timeProvider;
    private long _written;

    private EventStream(HttpResponse response, TimeProvider timeProvider, CancellationToken ended)
    {
        (_response, _timeProvider, Ended) = (response, timeProvider, ended);
        _written = timeProvider.GetTimestamp();
    }

    /// <summary>Cancelled once the reader has gone away or the program ends.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Answers a request with a stream.</summary>
    /// <param name="context">The request.</param>
    /// <param name="timeProvider">For the comment after 15 s without an event.</param>
    /// <param name="life">The program: a stream ends with it.</param>
    /// <param name="write">Writes the events; where it returns, the stream ends.</param>
    public static async Task RunAsync(
        HttpContext context, TimeProvider timeProvider, IHostApplicationLifetime life, Func<EventStream, Task> write)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        // A proxy in between would keep events until its buffer is full.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await write(new EventStream(context.Response, timeProvider, ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader went away, or the program ends; EventSource connects again by itself.
        }
    }

    /// <summary>An event as it is written.</summary>
    /// <param name="name">Its name; null for an event without one.</param>
    /// <param name="data">Its data, in one line.</param>
    /// <param name="id">Where the reader goes on after an interruption, or null.</param>
    public static string Text(string? name, string data, long? id = null) =>
        (name is null ? "" : $"event: {name}\n")
        + (data.Length == 0 ? "data:\n" : $"data: {data}\n")
        + (id is { } version ? string.Create(CultureInfo.InvariantCulture, $"id: {version}\n") : "")
        + "\n";

    /// <summary>Sends one event.</summary>
    public Task SendAsync(string? name, string data) => SendAsync(Encoding.UTF8.GetBytes(Text(name, data)));

    /// <summary>Sends events that are encoded already.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> events)
    {
        await _response.Body.WriteAsync(events, Ended);
        await _response.Body.FlushAsync(Ended);
        _written = _timeProvider.GetTimestamp();
    }

    /// <summary>Sends a comment, which says that the stream is alive.</summary>
    public Task SendAliveAsync() => SendAsync(Alive);

    /// <summary>Waits until <paramref name="news"/> has ended; a comment is sent whenever nothing was for 15 s.</summary>
    public async Task WaitAsync(Task news)
    {
        while (true)
        {
            var left = Heartbeat - _timeProvider.GetElapsedTime(_written);
            await news.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _timeProvider, Ended)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Ended.ThrowIfCancellationRequested();
            if (news.IsCompleted)
            {
                return;
            }

            await SendAliveAsync();
        }
    }
}
