using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Reception.Unit.Tests.Province;

/// <summary>What came to the province: everything that a test may ask about.</summary>
internal sealed record Received(string Path, string? Key, string? Authorization, string? ContentType, byte[] Body)
{
    public IReadOnlyList<JsonElement> Events => [.. JsonDocument.Parse(Body).RootElement.EnumerateArray()];

    public IReadOnlyList<long> Sequences =>
        [.. Events.Select(one => long.Parse(one.GetProperty("sequence").GetString()!, CultureInfo.InvariantCulture))];

    /// <summary>The events' extensions <c>after</c>.</summary>
    public IReadOnlyList<string?> After => [.. Events.Select(one => one.GetProperty("after").GetString())];
}

/// <summary>A real web server on the loopback that answers by script, and with 200 where the script is at its end.</summary>
internal sealed class ScriptedProvince : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private WebApplication? _server;

    public int Port { get; private set; }

    public int TokensGiven { get; private set; }

    public ConcurrentQueue<Received> TokenRequests { get; } = new();

    /// <summary>How long a token lives, as the token address says; null says nothing.</summary>
    public int? TokenSeconds { get; set; } = 3600;

    public int TokenStatus { get; set; } = 200;

    public string Address => $"http://127.0.0.1:{Port}/events?site=w1";

    public string TokenAddress => $"http://127.0.0.1:{Port}/token";

    /// <summary>Decides for every batch, after the script; null is 200.</summary>
    public Func<Received, int>? Always { get; set; }

    public static async Task<ScriptedProvince> StartAsync()
    {
        var province = new ScriptedProvince();
        await province.OpenAsync();
        return province;
    }

    public void Answers(params int[] statuses)
    {
        foreach (var status in statuses)
        {
            Answers(context => { context.Response.StatusCode = status; return Task.CompletedTask; });
        }
    }

    public void Answers(Func<HttpContext, Task> how) => _script.Enqueue(how);

    /// <summary>The next request that came, in order.</summary>
    public async Task<Received> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await _received.Reader.ReadAsync(deadline.Token);
    }

    public bool HasMore => _received.Reader.TryPeek(out _);

    public async Task OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port));
        _server = builder.Build();
        _server.Run(AnswerAsync);
        await _server.StartAsync();
        Port = new Uri(_server.Urls.First()).Port;
    }

    public async Task CloseAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server!.StopAsync(now.Token);
        await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await CloseAsync();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var received = new Received(
            context.Request.Path + context.Request.QueryString,
            headers["Idempotency-Key"],
            headers.Authorization,
            context.Request.ContentType,
            body.ToArray());
        if (context.Request.Path == "/token")
        {
            TokenRequests.Enqueue(received);
            context.Response.StatusCode = TokenStatus;
            if (TokenStatus == 200)
            {
                TokensGiven++;
                await context.Response.WriteAsync(TokenSeconds is { } life
                    ? $$"""{"access_token":"token-{{TokensGiven}}","token_type":"Bearer","expires_in":{{life}}}"""
                    : $$"""{"access_token":"token-{{TokensGiven}}","token_type":"bearer"}""");
            }

            return;
        }

        // What the script does first, a test may already ask about when it sees the request.
        var how = _script.TryDequeue(out var scripted) ? scripted : null;
        await _received.Writer.WriteAsync(received);
        if (how is not null)
        {
            await how(context);
        }
        else if (Always is { } decide)
        {
            context.Response.StatusCode = decide(received);
        }
    }
}
