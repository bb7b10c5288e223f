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
    SerialLine line, Desk desk, PressBook book, BoxNames names, FactOutbox outbox, Faults faults, TimeProvider time, ILogger<RaterBox> log) : IDeskDevice
{
    /// <summary>A box says BEAT every 5 s.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>How long a press may wait for its box to say who it is.</summary>
    private static readonly TimeSpan NameWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly Lock _inviting = new();
    private Box? _box;
    private readonly List<HeldPress> _held = [];
    private long _openedAt;
    private long _askedAt;
    private long? _helloAt;
    private long? _doubtAt;
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
        (_box, _helloAt, _doubtAt, _uptime) = (null, null, null, 0);
        _held.Clear();
        _openedAt = time.GetTimestamp();
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
                Take(new HeldPress(press, time.GetLocalNow() - TimeSpan.FromMilliseconds(press.Age ?? 0)));
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
        if (_box is null && IsNameAwaited && time.GetElapsedTime(_askedAt) >= AskEvery)
        {
            Ask();
        }

        if (!IsNameAwaited)
        {
            KeepHeld();
        }
    }

    /// <summary>Lights the faces for as long as somebody is invited to rate, or puts them out.</summary>
    public void Invite()
    {
        // One after the other: what is known now must not be overtaken by what was known before.
        lock (_inviting)
        {
            line.Send(desk.InvitedSeconds is { } seconds ? RaterOrders.Open(seconds) : RaterOrders.Close);
        }
    }

    /// <summary>Lights the faces, for somebody who asks which box this is.</summary>
    public void Identify(int seconds) => line.Send(RaterOrders.Open(seconds));

    /// <inheritdoc/>
    public SerialHealth Describe(SerialHealth health) => health with
    {
        Serial = _hello?.Serial,
        Firmware = _hello?.Firmware,
        BadFramesAtBox = _beat?.BadFrames,
        Unacknowledged = _beat?.Unacknowledged,
        Stuck = _stuck,
    };

    private bool IsNameAwaited => time.GetElapsedTime(_openedAt) < NameWithin;

    private void Ask()
    {
        _askedAt = time.GetTimestamp();
        line.Send(RaterOrders.Identify);
    }

    private void Meet(RaterMessage.Hello hello)
    {
        try
        {
            var (name, isShared) = names.Claim(hello.Serial, line.Path, book.Knows);
            var (box, isForgetful) = book.Meet(name, hello.NextSequence, line.Path);
            if (_box != box)
            {
                Greet(hello, isShared, isForgetful);
            }

            _box = box;
        }
        catch (FactNotKeptException fault)
        {
            // It stays nameless: nothing is taken from it either while the disk is full, and BEAT asks again.
            NotKept(fault);
            return;
        }

        // One that started again finds its stuck buttons anew.
        var isAnother = _hello?.Serial != hello.Serial || _hello.BootCount != hello.BootCount;
        (_hello, _helloAt, _doubtAt, _uptime) = (hello, time.GetTimestamp(), null, 0);
        Stick(isAnother ? [] : _stuck);
        if (desk.InvitedSeconds is not null)
        {
            Invite();
        }

        KeepHeld();
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
            log.LogWarning(AgentEvents.SameName, "Two raters of this desk are named {Serial}: give one another name (make name SERIAL=…)", hello.Serial);
            faults.Tell("rater-name", $"Hai bộ nút đánh giá của quầy này cùng mang tên {hello.Serial}: đặt tên khác cho một bộ (make name SERIAL=…).");
        }
    }

    /// <summary>A box may repeat a press before it has answered who it is: it is one press, under one name.</summary>
    private void Take(HeldPress press)
    {
        if (_box is not null || !IsNameAwaited)
        {
            Keep(press);
        }
        else if (!_held.Exists(held => held.Press.Sequence == press.Press.Sequence))
        {
            _held.Add(press);
        }
    }

    private void KeepHeld()
    {
        _held.ForEach(Keep);
        _held.Clear();
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

    private void Keep(HeldPress held)
    {
        var press = held.Press;
        try
        {
            var written = book.Write(_box ?? book.Nameless(line.Path), press.Sequence, Guid.CreateVersion7(time.GetUtcNow()));
            if (!written.IsTold)
            {
                outbox.Keep(ReportTypes.RatingPressed, new RatingPressed(press.Level, TimeKnown: press.Age is null ? false : null), held.At, written.Report);
                book.Tell(written.Report);
            }
            else if (!written.IsNewest && IsDoubtful())
            {
                return;
            }
        }
        catch (FactNotKeptException fault)
        {
            NotKept(fault);
            return;
        }

        _isNotKept = false;
        line.Send(RaterOrders.Acknowledge(press.Sequence), RaterOrders.Thank(press.Level));
    }

    /// <summary>
    /// A box sends its oldest press until that is acknowledged, so one from before the last is either an old frame or a box that lost its
    /// memory and whose HELLO was lost too: it says which, before its press is taken for a repeat and forgotten.
    /// </summary>
    private bool IsDoubtful()
    {
        var now = time.GetTimestamp();
        if (_helloAt is { } met && time.GetElapsedTime(met, now) < NameWithin)
        {
            return false;
        }

        _doubtAt ??= now;
        if (time.GetElapsedTime(_doubtAt.Value, now) >= NameWithin)
        {
            _doubtAt = null;
            return false;
        }

        Ask();
        return true;
    }

    /// <summary>No acknowledgement: the box keeps the press, and sends it again.</summary>
    private void NotKept(FactNotKeptException fault)
    {
        if (!_isNotKept)
        {
            _isNotKept = true;
            log.LogError(AgentEvents.PressNotKept, fault, "A press on {Port} can't be written down, and stays in the box: free some space on this machine's disk", line.Path);
        }
    }

    /// <summary>A press, and when the button was pressed; at its arrival where that is unknown.</summary>
    private sealed record HeldPress(RaterMessage.Press Press, DateTimeOffset At);
}
