using System.Threading.Channels;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>
/// Keeps the counters' devices up to date: opens and closes the invitation to rate, shows the number above the counter. What was
/// sent is compared with what the published hall says, so a restart needs no memory.
/// </summary>
internal sealed class CounterDevices : BackgroundService
{
    private static readonly string[] RatingKinds = [DeviceKinds.Rater, DeviceKinds.CounterAgent];
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<int, Invitation> _open = [];
    private readonly Dictionary<int, string?> _shown = [];
    private readonly BrokerPost _post;
    private readonly HallBoard _board;
    private readonly SetupBook _book;
    private readonly TimeProvider _clock;

    public CounterDevices(BrokerPost post, HallBoard board, SetupBook book, TimeProvider clock)
    {
        (_post, _board, _book, _clock) = (post, board, book, clock);
        board.Changed += _ => _wake.Writer.TryWrite(true);
    }

    /// <summary>Tells a device at which counter it is now, and what holds there.</summary>
    public void Assign(Device device)
    {
        _post.Command(device.Id, CommandTypes.DeviceAssign, new DeviceAssign(device.Counter));
        SendTo(device);
    }

    /// <summary>Sends a device that came online what holds at its counter.</summary>
    public void SendTo(Device device)
    {
        if (device.Counter is not { } number || !_board.Current.State.Counters.TryGetValue(number, out var counter))
        {
            return;
        }

        if (RatingKinds.Contains(device.Kind) && Current(counter) is { } invitation)
        {
            Open(device, invitation);
        }

        if (device.Kind == DeviceKinds.CounterAgent)
        {
            _post.Command(device.Id, CommandTypes.CounterShow, new CounterShow(_board.Current.State.InHand(counter)?.Number));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = Bring();
            using var timer = _clock.CreateTimer(_ => _wake.Writer.TryWrite(true), null, next, Timeout.InfiniteTimeSpan);
            await _wake.Reader.ReadAsync(stoppingToken);
        }
    }

    /// <summary>Sends what changed; gives the time to the next invitation's end.</summary>
    private TimeSpan Bring()
    {
        var hall = _board.Current.State;
        var next = LongestSleep;
        foreach (var counter in hall.Counters.Values)
        {
            var current = Current(counter);
            if (current is { } open && open.Until - _clock.GetUtcNow() is var left && left < next)
            {
                next = left;
            }

            Invite(counter.Number, current);
            Show(counter.Number, hall.InHand(counter)?.Number);
        }

        return next < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : next;
    }

    private void Invite(int counter, Invitation? current)
    {
        var sent = _open.GetValueOrDefault(counter);
        if (sent is not null && sent.Ticket != current?.Ticket)
        {
            Send(counter, device => _post.Command(device.Id, CommandTypes.RatingClose, new RatingClose(sent.Ticket)), RatingKinds);
            _open.Remove(counter);
        }

        if (current is not null && sent?.Ticket != current.Ticket)
        {
            Send(counter, device => Open(device, current), RatingKinds);
            _open[counter] = current;
        }
    }

    private void Show(int counter, string? number)
    {
        if (!_shown.TryGetValue(counter, out var shown) || shown != number)
        {
            Send(counter, device => _post.Command(device.Id, CommandTypes.CounterShow, new CounterShow(number)), DeviceKinds.CounterAgent);
            _shown[counter] = number;
        }
    }

    /// <summary>Sends to every such device of the counter.</summary>
    private void Send(int counter, Action<Device> send, params string[] kinds)
    {
        foreach (var device in _book.Current.DevicesAt(counter, kinds))
        {
            send(device);
        }
    }

    private void Open(Device device, Invitation invitation)
    {
        var seconds = (int)Math.Ceiling((invitation.Until - _clock.GetUtcNow()).TotalSeconds);
        _post.Command(device.Id, CommandTypes.RatingOpen, new RatingOpen(invitation.Ticket, invitation.Number, Math.Max(1, seconds)));
    }

    private Invitation? Current(Counter counter) => counter.Invitation is { } open && open.Until > _clock.GetUtcNow() ? open : null;
}
