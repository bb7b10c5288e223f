using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Threading.Channels;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Api;

/// <summary>Who may see an event of the stream; each also sees what those before it see.</summary>
internal enum Audience
{
    Anyone,
    SignedIn,
    Leaders,
}

/// <summary>One event of the stream.</summary>
internal sealed record FeedEvent(string Name, string Data, Audience Audience);

/// <summary>The events of one version: they go together. Rendered and encoded once for all who listen, and only where somebody does.</summary>
internal sealed class FeedVersion
{
    private readonly Lazy<IReadOnlyList<FeedEvent>> _events;
    private readonly ImmutableArray<Lazy<byte[]>> _bytes;

    public FeedVersion(long version, int happened, Func<IReadOnlyList<FeedEvent>> render)
    {
        (Version, Happened) = (version, happened);
        _events = new Lazy<IReadOnlyList<FeedEvent>>(render);
        _bytes = [.. Enum.GetValues<Audience>().Select(audience => new Lazy<byte[]>(() => Encode(audience)))];
    }

    public long Version { get; }

    /// <summary>How many events of the journal it stands for.</summary>
    public int Happened { get; }

    /// <summary>What an audience gets of it, as server-sent events; empty where that is nothing.</summary>
    public ReadOnlyMemory<byte> For(Audience audience) => _bytes[(int)audience].Value;

    private byte[] Encode(Audience audience)
    {
        var events = _events.Value.Where(happened => happened.Audience <= audience).ToList();
        return Encoding.UTF8.GetBytes(string.Concat(
            events.Select((one, index) => EventStream.Text(one.Name, one.Data, index == events.Count - 1 ? Version : null))));
    }
}

/// <summary>Turns each commit into the events that screens get, keeps the newest for those who come back, and hands them out.</summary>
internal sealed class HallFeed : BackgroundService
{
    // Each keeps the hall before and after it alive until it is rendered: counted in events, a rush costs no more than a calm day.
    private const int EventsKept = 2000;
    private const int MostBehind = 500;

    private readonly Channel<Committed> _committed = Channel.CreateUnbounded<Committed>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<Channel<FeedVersion>, bool> _subscribers = [];
    private readonly LinkedList<FeedVersion> _past = [];
    private readonly Lock _lock = new();
    private readonly Renderer _renderer;
    private readonly HallBoard _board;
    private long _oldestBefore;
    private int _eventsKept;

    public HallFeed(HallBoard board, Renderer renderer)
    {
        (_board, _renderer) = (board, renderer);
        board.Changed += committed => _committed.Writer.TryWrite(committed);
        _oldestBefore = board.Current.Version;
    }

    /// <summary>Open streams: each is a browser with its pages, or a program.</summary>
    public int Subscribers => _subscribers.Count;

    /// <summary>
    /// Subscribes from after a version; the past that was missed is given first. Null in <c>Missed</c> where the hub does not
    /// have all of it: the stream then starts with the hall.
    /// </summary>
    public (ChannelReader<FeedVersion> Reader, IReadOnlyList<FeedVersion>? Missed, PublishedHall Hall, IDisposable End) Subscribe(long? after)
    {
        // One who reads too slowly is cut off, and comes back with Last-Event-ID.
        var channel = Channel.CreateBounded<FeedVersion>(new BoundedChannelOptions(MostBehind) { SingleReader = true });
        lock (_lock)
        {
            _subscribers[channel] = true;
            var newest = _past.Last?.Value.Version ?? _oldestBefore;
            var has = after is { } version && version >= _oldestBefore && version <= newest;
            var missed = has ? _past.Where(past => past.Version > after).ToList() : null;
            return (channel.Reader, missed, _board.Current, new Subscription(this, channel));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var committed in _committed.Reader.ReadAllAsync(stoppingToken))
        {
            var version = new FeedVersion(committed.After.Version, committed.Events.Count, () => Render(committed));
            lock (_lock)
            {
                _past.AddLast(version);
                _eventsKept += version.Happened;
                while (_eventsKept > EventsKept && _past.First is { } oldest)
                {
                    _oldestBefore = oldest.Value.Version;
                    _eventsKept -= oldest.Value.Happened;
                    _past.RemoveFirst();
                }

                foreach (var subscriber in _subscribers.Keys)
                {
                    if (!subscriber.Writer.TryWrite(version))
                    {
                        _subscribers.TryRemove(subscriber, out _);
                        subscriber.Writer.TryComplete();
                    }
                }
            }
        }
    }

    private List<FeedEvent> Render(Committed committed)
    {
        var events = new List<FeedEvent>();
        var (before, after) = (committed.Before.State, committed.After.State);
        if (before.Services != after.Services || before.Day != after.Day || !ReferenceEquals(before.Setup, after.Setup)
            || after.Counters.Values.Any(counter => before.Counters.GetValueOrDefault(counter.Number)?.Status != counter.Status))
        {
            events.Add(Event("hall", _renderer.Hall(committed.After, committed.Events[^1].At), Audience.Anyone));
        }

        foreach (var counter in after.Counters.Values)
        {
            var seen = Renderer.HallCounter(after, counter);
            if (!before.Counters.TryGetValue(counter.Number, out var old) || Renderer.HallCounter(before, old) != seen)
            {
                events.Add(Event("counter", seen, Audience.Anyone));
            }
        }

        foreach (var happened in committed.Events)
        {
            switch (happened)
            {
                case TicketChanged change:
                    if (change.Change is TicketChange.Called or TicketChange.Recalled
                        && after.Calls.FirstOrDefault(call => call.Number == change.Ticket.Number && call.Counter == change.Counter) is { } call)
                    {
                        events.Add(Event("call", _renderer.HallCall(call), Audience.Anyone));
                    }

                    if (after.Tickets.GetValueOrDefault(change.Ticket.Id) is { } ticket)
                    {
                        events.Add(Event("ticket", _renderer.Ticket(after, ticket, happened.At), Audience.SignedIn));
                    }

                    break;
                case RatingChanged rating:
                    events.Add(Event("rating", _renderer.Rating(rating.Rating), Audience.Leaders));
                    break;
            }
        }

        return events;
    }

    /// <summary>A hall as the first thing that a screen gets.</summary>
    public FeedVersion First(PublishedHall hall, DateTimeOffset now) => new(hall.Version, 0, () => [Event("hall", _renderer.Hall(hall, now), Audience.Anyone)]);

    private static FeedEvent Event<T>(string name, T data, Audience audience) =>
        new(name, Encoding.UTF8.GetString(ProtocolJson.Write(data)), audience);

    private sealed class Subscription(HallFeed feed, Channel<FeedVersion> channel) : IDisposable
    {
        public void Dispose() => feed._subscribers.TryRemove(channel, out _);
    }
}
