using System.Text.Json;
using Microsoft.Extensions.Logging;
using Reception.Device.Session;
using Reception.Protocol;

namespace Reception.CounterAgent;

/// <summary>What holds at the counter, as the hub has said it last: who is invited to rate, and the number above the counter.</summary>
internal sealed class CounterState(TimeProvider time, ILogger<CounterState> log)
{
    /// <summary>What a sign shows while the hub is away: the number it had may be served elsewhere by now.</summary>
    public const string Unknown = "-";

    private readonly Lock _one = new();
    private RatingOpen? _invited;
    private long _invitedAt;
    private string? _number;
    private bool _isUnknown;
    private volatile bool _isHubAway = true;

    /// <summary>Raised after somebody was invited, or is no more.</summary>
    public event Action? InvitationChanged;

    /// <summary>Raised after <see cref="Shown"/> changed.</summary>
    public event Action? ShownChanged;

    /// <summary>Raised where somebody asks which device this is, with the seconds to show it.</summary>
    public event Action<int>? Identified;

    /// <summary>How long the citizen just served may still rate; null where nobody is invited.</summary>
    public int? InvitedSeconds
    {
        get
        {
            lock (_one)
            {
                var left = TimeSpan.FromSeconds(_invited?.Seconds ?? 0) - time.GetElapsedTime(_invitedAt);
                return left > TimeSpan.Zero ? (int)Math.Ceiling(left.TotalSeconds) : null;
            }
        }
    }

    /// <summary>The number being called or served here; empty where there is none.</summary>
    public string Shown
    {
        get
        {
            lock (_one)
            {
                return _isUnknown ? Unknown : _number ?? "";
            }
        }
    }

    /// <summary>Carries out a command of the hub's; they come one at a time.</summary>
    public void CarryOut(Command command)
    {
        switch (command.Type)
        {
            case CommandTypes.RatingOpen when Read<RatingOpen>(command) is { } open:
                Invite(open);
                break;
            case CommandTypes.RatingClose when Read<RatingClose>(command) is { } close && (InvitedSeconds is null || _invited?.Ticket == close.Ticket):
                Invite(null);
                break;
            case CommandTypes.CounterShow when Read<CounterShow>(command) is { } show:
                Show(show.Number, isUnknown: false);
                break;
            case CommandTypes.Identify when Read<Identify>(command) is { Seconds: > 0 } identify:
                Identified?.Invoke(identify.Seconds);
                break;
        }
    }

    /// <summary>Takes what the device knows of the hall: a number that may be stale is not shown as fresh.</summary>
    public void See(DeviceState state)
    {
        if (state.IsHubAway != _isHubAway)
        {
            _isHubAway = state.IsHubAway;
            Show(_number, isUnknown: state.IsHubAway && _number is not null);
        }
    }

    private void Invite(RatingOpen? open)
    {
        lock (_one)
        {
            (_invited, _invitedAt) = (open, time.GetTimestamp());
        }

        InvitationChanged?.Invoke();
    }

    private void Show(string? number, bool isUnknown)
    {
        lock (_one)
        {
            (_number, _isUnknown) = (number, isUnknown);
        }

        ShownChanged?.Invoke();
    }

    private T? Read<T>(Command command) where T : class
    {
        try
        {
            return command.Data.Deserialize<T>(ProtocolJson.Options);
        }
        catch (JsonException fault)
        {
            log.LogWarning(AgentEvents.CommandUnread, fault, "A command {Type} is not what the wire contract says", command.Type);
            return null;
        }
    }
}
