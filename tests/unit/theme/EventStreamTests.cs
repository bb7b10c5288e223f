using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Reception.Theme;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Theme;

public sealed class EventStreamTests : IDisposable
{
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly Life _life = new();
    private readonly DefaultHttpContext _context = new() { Response = { Body = new MemoryStream() } };

    private static Task Forever => new TaskCompletionSource().Task;

    private string Written => Encoding.UTF8.GetString(((MemoryStream)_context.Response.Body).ToArray());

    [Theory]
    [InlineData("call", "{}", 7L, "event: call\ndata: {}\nid: 7\n\n")]
    [InlineData("screen", "changed", null, "event: screen\ndata: changed\n\n")]
    [InlineData(null, "", null, "data:\n\n")]
    public void An_event_has_its_name_data_and_id(string? name, string data, long? id, string expected) =>
        Assert.Equal(expected, EventStream.Text(name, data, id));

    [Fact]
    public async Task A_comment_comes_15_s_after_the_last_event_and_every_15_s_then()
    {
        var news = new TaskCompletionSource();
        var running = EventStream.RunAsync(_context, _time, _life, async stream =>
        {
            await stream.SendAsync("screen", "changed");
            await stream.WaitAsync(news.Task);
        });
        for (var comments = 1; comments <= 2; comments++)
        {
            await _time.PassAsync(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15));
            var expected = "event: screen\ndata: changed\n\n" + string.Concat(Enumerable.Repeat(":\n\n", comments));
            Assert.Equal(expected, await WrittenAsync());
        }

        news.SetResult();
        await running;
        Assert.Equal("text/event-stream", _context.Response.ContentType);
        Assert.Equal("no-store", _context.Response.Headers.CacheControl);

        // The next comment is awaited only after the one before it was written.
        async Task<string> WrittenAsync()
        {
            await _time.WaitAsync(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15));
            return Written;
        }
    }

    [Fact]
    public async Task A_stream_ends_with_its_reader_and_with_the_program()
    {
        using var gone = new CancellationTokenSource();
        _context.RequestAborted = gone.Token;
        var read = EventStream.RunAsync(_context, _time, _life, stream => stream.WaitAsync(Forever));
        await gone.CancelAsync();
        await read;

        _context.RequestAborted = CancellationToken.None;
        var served = EventStream.RunAsync(_context, _time, _life, stream => stream.WaitAsync(Forever));
        _life.StopApplication();
        await served;
    }

    public void Dispose() => _life.Dispose();

    private sealed class Life : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
