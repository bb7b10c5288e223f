using System.Text.Json;
using Reception.Device.Reporting;
using Reception.Device.Session;
using Reception.Protocol;

namespace Reception.Rater.Rating;

/// <summary>
/// The rater at one counter: what its screen shows, and what a touch means. A press is thanked for once it is on the disk. It
/// decides by the monotonic clock; only the reports carry the time of day.
/// </summary>
internal sealed class RaterScreenState : IDisposable
{
    /// <summary>A rating can be changed for 5 s after its first press (section 2 of the wire contracts).</summary>
    public static readonly TimeSpan ChangeFor = TimeSpan.FromSeconds(5);

    /// <summary>A second touch within this time is the first one's bounce, whatever lies under the finger by now.</summary>
    private static readonly TimeSpan Bounce = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan ThanksFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ReasonsFor = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan ReasonedFor = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ReasonWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NotKeptFor = TimeSpan.FromSeconds(10);

    private readonly int _counter;
    private readonly FactOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger<RaterScreenState> _log;
    private readonly long _start;
    private readonly Guid _run = Guid.NewGuid();
    private readonly ITimer _timer;
    private readonly Lock _one = new();
    private DeviceState _around = new(IsLinked: false, IsHubAway: true, Hall: null);
    // The invitation that no press has used yet.
    private Invitation? _invitation;
    private GivenRating? _given;
    private string? _rated;
    private bool _changing;
    private TimeSpan _touchedAt = TimeSpan.MinValue;
    private TimeSpan _notKeptUntil;
    private TimeSpan _identifiedUntil;
    private RaterView? _shown;
    private long _version = 1;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RaterScreenState(int counter, FactOutbox outbox, TimeProvider time, ILogger<RaterScreenState> log)
    {
        _counter = counter;
        _outbox = outbox;
        _time = time;
        _log = log;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(_ => OnTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private HallCounter? Counter => _around.Hall?.Counters.FirstOrDefault(counter => counter.Number == _counter);

    /// <summary>The number being served here, as the last hall says; stale while the hub is away.</summary>
    private string? Serving => Counter?.Serving;

    public RaterView View
    {
        get
        {
            lock (_one)
            {
                return Draw(Now);
            }
        }
    }

    /// <summary>Ends when the screen is newer than this version.</summary>
    public Task ChangedAsync(long version)
    {
        lock (_one)
        {
            return _version > version ? Task.CompletedTask : _changed.Task;
        }
    }

    /// <summary>A face was touched.</summary>
    public RaterView Press(int level)
    {
        lock (_one)
        {
            var now = Now;
            var mode = Draw(now).Mode;
            if (IsBounce(now))
            {
                return Draw(now);
            }

            if (_given is { } given && now - given.FirstAt <= ChangeFor)
            {
                Change(given, level, now);
            }
            else if (mode == RaterMode.Faces)
            {
                Give(level, now);
            }

            return Redrawn();
        }
    }

    /// <summary>"Change" was touched: the faces come back for what is left of the 5 s.</summary>
    public RaterView ChangeMind()
    {
        lock (_one)
        {
            var now = Now;
            if (!IsBounce(now) && _given is { } given && now - given.FirstAt < ChangeFor)
            {
                _changing = true;
                _touchedAt = now;
            }

            return Redrawn();
        }
    }

    /// <summary>A reason was touched; the last one counts.</summary>
    public RaterView GiveReason(string reason)
    {
        lock (_one)
        {
            var now = Now;
            if (!IsBounce(now) && !_changing && _given is { AsksReason: true } given && given.Reason != reason && now - given.FirstAt < ReasonWithin)
            {
                if (Keep(ReportTypes.RatingReasoned, new RatingReasoned(given.Rating, reason)) is not null)
                {
                    _given = given with { Reason = reason, TouchedAt = now };
                }

                _touchedAt = now;
            }

            return Redrawn();
        }
    }

    /// <summary>"Done" was touched: the screen is free for the next citizen.</summary>
    public RaterView Finish()
    {
        lock (_one)
        {
            var now = Now;
            if (!IsBounce(now) && _given is { } given && now - given.FirstAt >= ChangeFor)
            {
                _given = null;
                _touchedAt = now;
            }

            return Redrawn();
        }
    }

    /// <summary>Takes what the device knows of the hall.</summary>
    public void See(DeviceState around)
    {
        lock (_one)
        {
            _around = around;
            // Somebody else's turn, or the same number's next: what was rated is past.
            if (!around.IsHubAway && (Counter?.Calling is not null || (Serving is not null && Serving != _rated)))
            {
                _rated = null;
            }

            Redrawn();
        }
    }

    /// <summary>Carries out a command of the hub's.</summary>
    public void CarryOut(Command command)
    {
        lock (_one)
        {
            var now = Now;
            switch (command.Type)
            {
                case CommandTypes.RatingOpen when Read<RatingOpen>(command) is { } open && open.Number != _rated:
                    _invitation = new Invitation(open.Ticket, open.Number, now + TimeSpan.FromSeconds(open.Seconds));
                    break;
                case CommandTypes.RatingClose when Read<RatingClose>(command) is { } close && close.Ticket == _invitation?.Ticket:
                    _invitation = null;
                    break;
                case CommandTypes.Identify when Read<Identify>(command) is { } identify:
                    _identifiedUntil = now + TimeSpan.FromSeconds(identify.Seconds);
                    break;
            }

            Redrawn();
        }
    }

    /// <summary>Shows what a new catalogue has changed: names are not in the view.</summary>
    public void Rename()
    {
        lock (_one)
        {
            _shown = null;
            Redrawn();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTime()
    {
        lock (_one)
        {
            Redrawn();
        }
    }

    private bool IsBounce(TimeSpan now) => _touchedAt != TimeSpan.MinValue && now - _touchedAt < Bounce;

    private void Give(int level, TimeSpan now)
    {
        var invitation = Current(now);
        var ticket = invitation?.Ticket;
        if (Keep(ReportTypes.RatingPressed, new RatingPressed(level, ticket)) is not { } fact)
        {
            return;
        }

        _rated = invitation?.Number ?? Serving ?? _rated;
        // The next press is another citizen's, also while the hub is away.
        _invitation = null;
        _given = new GivenRating(fact.Id, now) { Level = level, Ticket = ticket, Number = _around.IsHubAway ? invitation?.Number : _rated, TouchedAt = now };
        _changing = false;
        _touchedAt = now;
    }

    private void Change(GivenRating given, int level, TimeSpan now)
    {
        _changing = false;
        _touchedAt = now;
        if (level != given.Level && Keep(ReportTypes.RatingPressed, new RatingPressed(level, given.Ticket)) is not null)
        {
            _given = given with { Level = level, Reason = null, TouchedAt = now };
        }
    }

    private Fact? Keep<T>(string type, T data)
    {
        try
        {
            var fact = _outbox.Keep(type, data);
            _notKeptUntil = default;
            return fact;
        }
        catch (FactNotKeptException fault)
        {
            _log.LogError(RaterEvents.PressNotKept, fault, "A press could not be kept");
            _notKeptUntil = Now + NotKeptFor;
            return null;
        }
    }

    /// <summary>The invitation that holds now: not past, and not of a ticket after which the next was started.</summary>
    private Invitation? Current(TimeSpan now) =>
        _invitation is { } invitation && now < invitation.Until && (_around.IsHubAway || Serving is null || Serving == invitation.Number)
            ? invitation
            : null;

    private RaterView Redrawn()
    {
        var now = Now;
        if (_given is { } given && now >= ThanksUntil(given))
        {
            _given = null;
        }

        if (_changing && (_given is null || now - _given.FirstAt >= ChangeFor))
        {
            _changing = false;
        }

        _timer.Change(NextTurn(now) is { } next ? next - now + TimeSpan.FromMilliseconds(5) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // The hall comes up to five times a second: the page hears only of what it shows.
        var view = Draw(now);
        var shown = view with { Version = 0, ChangeLeft = view.ChangeLeft > TimeSpan.Zero ? ChangeFor : TimeSpan.Zero };
        if (shown != _shown)
        {
            _shown = shown;
            _version++;
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return view with { Version = _version };
    }

    private TimeSpan ThanksUntil(GivenRating given)
    {
        var changeable = given.FirstAt + ChangeFor;
        var turn = Current(Now)?.Number ?? (_around.IsHubAway ? null : Serving);
        var next = turn is not null && turn != given.Number;
        var stay = !given.AsksReason || next ? ThanksFor : given.Reason is null ? ReasonsFor : ReasonedFor;
        return Max(changeable, given.TouchedAt + stay);
    }

    private TimeSpan? NextTurn(TimeSpan now)
    {
        ReadOnlySpan<TimeSpan> turns =
        [
            _given is { } given ? ThanksUntil(given) : default,
            _given is { } changeable ? changeable.FirstAt + ChangeFor : default,
            _invitation?.Until ?? default,
            _notKeptUntil,
            _identifiedUntil,
        ];
        TimeSpan? next = null;
        foreach (var turn in turns)
        {
            if (turn > now && (next is null || turn < next))
            {
                next = turn;
            }
        }

        return next;
    }

    private RaterView Draw(TimeSpan now)
    {
        var away = _around.IsHubAway;
        var invitation = Current(now);
        var serving = !away && Serving is not null && Serving != _rated;
        var given = _given;
        return new RaterView
        {
            Run = _run,
            Version = _version,
            Mode = given is not null && !_changing ? RaterMode.Thanks
                : away || invitation is not null || serving || _changing ? RaterMode.Faces
                : RaterMode.Idle,
            Counter = _counter,
            IsAway = away,
            CounterState = away ? null : Counter?.State,
            Officer = away ? null : Counter?.Officer,
            Number = given is not null ? given.Number : invitation is not null ? invitation.Number : serving ? Serving : null,
            Level = given?.Level,
            Reason = given?.Reason,
            ChangeLeft = given is null ? TimeSpan.Zero : Max(TimeSpan.Zero, given.FirstAt + ChangeFor - now),
            IsNotKept = now < _notKeptUntil,
            IsIdentified = now < _identifiedUntil,
        };
    }

    private T? Read<T>(Command command) where T : class
    {
        try
        {
            return command.Data.Deserialize<T>(ProtocolJson.Options);
        }
        catch (JsonException fault)
        {
            _log.LogWarning(RaterEvents.CommandUnread, "A command {Type} is not what the wire contract says: {Reason}", command.Type, fault.Message);
            return null;
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
