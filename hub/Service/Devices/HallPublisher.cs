using System.Threading.Channels;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;

namespace Reception.Hub.Devices;

/// <summary>Publishes the hall to devices: on change at most five times a second, always the newest, and at least every 10 s.</summary>
internal sealed class HallPublisher : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly BrokerPost _post;
    private readonly HallBoard _board;
    private readonly Renderer _renderer;
    private readonly TimeProvider _clock;

    public HallPublisher(BrokerPost post, HallBoard board, Renderer renderer, TimeProvider clock)
    {
        (_post, _board, _renderer, _clock) = (post, board, renderer, clock);
        board.Changed += _ => _wake.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            _post.Hall(_renderer.Hall(_board.Current, _clock.GetUtcNow()));
            await Task.Delay(Shortest, _clock, stoppingToken);
            using var timer = _clock.CreateTimer(_ => _wake.Writer.TryWrite(true), null, Longest - Shortest, Timeout.InfiniteTimeSpan);
            await _wake.Reader.ReadAsync(stoppingToken);
        }
    }
}
