using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Reception.Device.Reporting;
using Reception.Device.Serial;
using Reception.Protocol;
using Reception.Protocol.Serial;

namespace Reception.CounterAgent.Rater;

/// <summary>
/// A five-button rater on a line: its presses become facts, and are acknowledged and thanked for once they are on this
/// machine's disk. A press that comes again is acknowledged again, and is the same fact.
/// </summary>
internal sealed class RaterBox(
    SerialConnection line, CounterState counter, PressStore presses, BoxNames names, FactOutbox outbox, Faults faults, TimeProvider time, ILogger<RaterBox> log) : ICounterDevice
{
    /// <summary>A box says BEAT every 5 s.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>How long after the port's opening a press may wait for its box to say who it is.</summary>
    private static readonly TimeSpan NameWithin = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a press may wait that is not beyond what was seen of its box. It is a repeat, or comes from a box that lost its memory and
    /// whose HELLO the line ate: the box says which. One that hears no IDENT would hear no acknowledgement either.
    /// </summary>
    private static readonly TimeSpan RepeatWithin = TimeSpan.FromSeconds(10);

    /// <summary>For how long nobody need ask again.</summary>
    private static readonly TimeSpan NameHolds = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly Lock _inviting = new();
    private Box? _box;
    private readonly List<HeldPress> _held = [];
    private long _openedAt;
    private long? _askedAt;
    private long? _helloAt;
    private uint _uptime;
    private bool _isNotKept;
    private volatile RaterMessage.Hello? _hello;
    private volatile RaterMessage.Beat? _beat;
    private volatile ImmutableSortedSet<int> _stuck = [];

    /// <inheritdoc/>
    public event Action? HealthChanged;

    /// <inheritdoc/>
    public TimeSpan? LongestSilence => Silence;

    /// <inheritdoc/>
    public void Opened()
    {
        (_box, _helloAt, _uptime) = (null, null, 0);
        _held.Clear();
        (_openedAt, _askedAt) = (time.GetTimestamp(), null);
        Ask();
    }

    /// <inheritdoc/>
    public void Closed() => names.Release(line.Path);

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<byte> body)
    {
        switch (RaterMessage.Read(body))
        {
            case RaterMessage.Hello hello:
                Meet(hello);
                break;
            case RaterMessage.Press press:
                Take(press);
                break;
            case RaterMessage.Beat beat:
                Take(beat);
                break;
            case RaterMessage.Stuck { Level: var level } when !_stuck.Contains(level):
                Stick([.. _stuck, level]);
                log.LogWarning(AgentEvents.ButtonStuck, "The button of level {Level} on {Port} is stuck; the box serves the other four", level, line.Path);
                faults.Tell("button-stuck", $"Nút mức {level} của bộ nút đánh giá bị kẹt hơn 10 giây: gỡ nút hoặc thay bộ nút.");
                break;
            case RaterMessage.Freed { Level: var level } when _stuck.Contains(level):
                Stick(_stuck.Remove(level));
                break;
        }
    }

    /// <inheritdoc/>
    public void Tick()
    {
        var isNew = _box is null && time.GetElapsedTime(_openedAt) < NameWithin;
        if (isNew || _held.Count > 0)
        {
            Ask();
        }

        KeepHeld(held => time.GetElapsedTime(held.Since) >= held.Within);
    }

    /// <summary>Lights the faces for as long as somebody is invited to rate, or puts them out.</summary>
    public void Invite()
    {
        // One after the other: what is known now must not be overtaken by what was known before.
        lock (_inviting)
        {
            line.Send(counter.InvitedSeconds is { } seconds ? RaterOrders.Open(seconds) : RaterOrders.Close);
        }
    }

    /// <summary>Lights the faces, for somebody who asks which box this is; those of somebody who is invited stay lit for as long as they were.</summary>
    public void Identify(int seconds)
    {
        lock (_inviting)
        {
            line.Send(RaterOrders.Open(Math.Max(seconds, counter.InvitedSeconds ?? 0)));
        }
    }

    /// <inheritdoc/>
    public SerialHealth Describe(SerialHealth health) => health with
    {
        Serial = _hello?.Serial,
        Firmware = _hello?.Firmware,
        BadFramesAtBox = _beat?.BadFrames,
        Unacknowledged = _beat?.Unacknowledged,
        Stuck = _stuck,
    };

    private void Ask()
    {
        if (_askedAt is not { } asked || time.GetElapsedTime(asked) >= AskEvery)
        {
            _askedAt = time.GetTimestamp();
            line.Send(RaterOrders.Identify);
        }
    }

    private void Meet(RaterMessage.Hello hello)
    {
        var isMet = false;
        OnDisk(() =>
        {
            var (name, isShared) = names.Claim(hello.Serial, line.Path, presses.Knows);
            var (box, isForgetful) = presses.Meet(name, hello.NextSequence, line.Path);
            if (_box != box)
            {
                Greet(hello, isShared, isForgetful);
            }

            (_box, isMet) = (box, true);
        });
        if (!isMet)
        {
            // It is nameless now, whoever was there before: nothing is taken from it either while the disk is full, and BEAT asks again.
            (_box, _helloAt) = (null, null);
            return;
        }

        // One that started again finds its stuck buttons anew.
        var isAnother = _hello?.Serial != hello.Serial || _hello.BootCount != hello.BootCount;
        (_hello, _helloAt, _uptime) = (hello, time.GetTimestamp(), 0);
        Stick(isAnother ? [] : _stuck);
        if (counter.InvitedSeconds is not null)
        {
            Invite();
        }

        // A press that waited under another box's name is that one's, which is gone with it.
        _held.RemoveAll(held => held.Of.Name != line.Path && held.Of.Name != _box!.Name);
        KeepHeld(_ => true);
    }

    private void Stick(ImmutableSortedSet<int> stuck)
    {
        _stuck = stuck;
        HealthChanged?.Invoke();
    }

    private void Greet(RaterMessage.Hello hello, bool isShared, bool isForgetful)
    {
        log.LogInformation(AgentEvents.BoxMet, "The rater {Serial} is on {Port}: firmware {Firmware}, started {Boots} times, last by {Cause}",
            hello.Serial, line.Path, hello.Firmware, hello.BootCount, hello.ResetCause);
        if (isForgetful)
        {
            log.LogWarning(AgentEvents.BoxForgot, "The rater {Serial} counts from {Next} again: it was replaced under its name, or lost its memory", hello.Serial, hello.NextSequence);
        }

        if (isShared)
        {
            log.LogWarning(AgentEvents.SameName, "Two raters of this counter are named {Serial}: give one another name (make name SERIAL=…)", hello.Serial);
            faults.Tell("rater-name", $"Hai bộ nút đánh giá của quầy này cùng mang tên {hello.Serial}: đặt tên khác cho một bộ (make name SERIAL=…).");
        }
    }

    /// <summary>A press whose place hangs on who the box is waits for its HELLO; repeated meanwhile, it is one press.</summary>
    private void Take(RaterMessage.Press press)
    {
        var pressed = press.Age is { } age ? outbox.Clock.Ago(TimeSpan.FromMilliseconds(age)) : outbox.Clock.Unknown();
        OnDisk(() =>
        {
            if (_helloAt is { } met && time.GetElapsedTime(met) < NameHolds)
            {
                Keep(press, pressed);
            }
            else if (BoxOf(press) is var box && presses.IsBehind(box, press.Sequence))
            {
                Hold(new HeldPress(press, box, pressed, time.GetTimestamp(), RepeatWithin));
            }
            else if (_box is null && time.GetElapsedTime(_openedAt) < NameWithin)
            {
                Hold(new HeldPress(press, box, pressed, _openedAt, NameWithin));
            }
            else
            {
                Keep(press, pressed);
            }
        });
    }

    private Box BoxOf(RaterMessage.Press press) => _box ?? presses.Nameless(line.Path, press.Sequence);

    private void Hold(HeldPress press)
    {
        if (!_held.Exists(held => held.Press.Sequence == press.Press.Sequence))
        {
            _held.Add(press);
        }

        Ask();
    }

    private void Take(RaterMessage.Beat beat)
    {
        // A shorter life than before: it started again, and its HELLO was lost on the line.
        if (_box is null || beat.Uptime < _uptime)
        {
            Ask();
        }

        (_beat, _uptime) = (beat, beat.Uptime);
    }

    private void KeepHeld(Predicate<HeldPress> isDue)
    {
        foreach (var held in _held.FindAll(isDue))
        {
            _held.Remove(held);
            OnDisk(() => Keep(held.Press, held.Pressed));
        }
    }

    private void Keep(RaterMessage.Press press, Moment pressed)
    {
        presses.Add(BoxOf(press), press.Sequence, () =>
            outbox.Keep(ReportTypes.RatingPressed, new RatingPressed(press.Level, TimeKnown: press.Age is null ? false : null), pressed).Id);
        _isNotKept = false;
        line.Send(RaterOrders.Acknowledge(press.Sequence), RaterOrders.Thank(press.Level));
    }

    /// <summary>Where the disk is full there is no acknowledgement: the box keeps the press, and sends it again.</summary>
    private void OnDisk(Action work)
    {
        try
        {
            work();
        }
        catch (FactNotKeptException fault) when (_isNotKept)
        {
            log.LogDebug(AgentEvents.PressNotKept, fault, "A press on {Port} still can't be written down", line.Path);
        }
        catch (FactNotKeptException fault)
        {
            _isNotKept = true;
            log.LogError(AgentEvents.PressNotKept, fault, "A press on {Port} can't be written down, and stays in the box: free some space on this machine's disk", line.Path);
        }
    }

    /// <summary>A press that waits for its box's name.</summary>
    /// <param name="Of">Whose it would be without one.</param>
    /// <param name="Pressed">When the button was pressed.</param>
    /// <param name="Since">From when it waits.</param>
    /// <param name="Within">How long at most.</param>
    private sealed record HeldPress(RaterMessage.Press Press, Box Of, Moment Pressed, long Since, TimeSpan Within);
}
