using System.Collections.Concurrent;
using System.Text.Json;

namespace Reception.Hall.Tests.Parts;

/// <summary>One server-sent event.</summary>
internal sealed record ServerEvent(string Name, string Data, string? Id)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Data);
}

/// <summary>A stream of server-sent events, read in the background.</summary>
internal sealed class ServerEvents : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;
    private readonly Task reading;
    private readonly ConcurrentQueue<ServerEvent> seen = new();
    private int comments;

    public ServerEvents(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        reader = new StreamReader(stream);
        reading = ReadAsync();
    }

    public IReadOnlyCollection<ServerEvent> Seen => seen;

    /// <summary>Lines that say nothing but that the stream lives.</summary>
    public int Comments => Volatile.Read(ref comments);

    /// <summary>Waits for an event that fits.</summary>
    public async Task<ServerEvent> UntilAsync(Func<ServerEvent, bool> fits)
    {
        await Eventually.TrueAsync(() => seen.Any(fits), () => string.Join('\n', seen));
        return seen.First(fits);
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await reading;
        reader.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            string name = "", data = "";
            string? id = null;
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length == 0 && name.Length > 0)
                {
                    seen.Enqueue(new ServerEvent(name, data, id));
                    (name, data, id) = ("", "", null);
                }
                else if (line.StartsWith(':'))
                {
                    Interlocked.Increment(ref comments);
                }
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    name = line["event: ".Length..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    data += line["data: ".Length..];
                }
                else if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = line["id: ".Length..];
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or HttpRequestException)
        {
            // The test or the hub closed the stream; what was seen so far is what the test judges.
        }
    }
}
