namespace Reception.Kiosk.Tickets;

/// <summary>The errands of the last minutes, as the screens show them. What must outlive the program is in the <see cref="ErrandBook"/>.</summary>
internal sealed class Errands(TimeProvider clock, ScreenSignal screens)
{
    // A finger that trembles, or presses again because nothing seems to happen, means one number.
    private static readonly TimeSpan OneTouch = TimeSpan.FromSeconds(3);

    // A ticket's screen is left after 30 s; a reload a little later still finds it.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // Long enough for who turns back with a torn slip, too short for who comes by later.
    private static readonly TimeSpan CopyWindow = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Errand> errands = [];

    /// <summary>The errand that a touch belongs to: one of the last 3 s on the same service and lane, or a new one.</summary>
    public Errand Touch(string service, string lane, string language, out bool isNew, IReadOnlyList<string>? further = null) =>
        Touch(service, lane, language, further, null, out isNew);

    /// <summary>The errand of a booked time: its code says what it is for.</summary>
    public Errand CheckIn(string appointment, string language, out bool isNew) => Touch("", "", language, null, appointment, out isNew);

    private Errand Touch(string service, string lane, string language, IReadOnlyList<string>? further, string? appointment, out bool isNew)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            foreach (var old in errands.Values.Where(errand => clock.GetElapsedTime(errand.TouchedAt, now) > Kept).ToList())
            {
                errands.Remove(old.Id);
            }

            var same = errands.Values.FirstOrDefault(errand =>
                errand.Service == service && errand.Lane == lane && errand.Appointment == appointment && clock.GetElapsedTime(errand.TouchedAt, now) < OneTouch);
            isNew = same is null;
            if (same is not null)
            {
                return same;
            }

            var errand = new Errand
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                Service = service,
                Further = further,
                Lane = lane,
                Language = language,
                Appointment = appointment,
                TouchedAt = now,
            };
            errands.Add(errand.Id, errand);
            return errand;
        }
    }

    /// <summary>An errand that the last run left: it is shown as it ended, so that its citizen is told. Whoever took it long ago stands here no more.</summary>
    public void Restore(Errand left)
    {
        var since = left.Ticket is { } ticket ? (clock.GetUtcNow() - ticket.IssuedAt).Duration() : TimeSpan.Zero;
        lock (gate)
        {
            var now = clock.GetTimestamp();
            errands[left.Id] = left with { TouchedAt = now, AnsweredAt = now - (long)(since.TotalSeconds * clock.TimestampFrequency) };
        }
    }

    /// <summary>The newest ticket of the last minute whose citizen may have a copy printed here, or null.</summary>
    public Errand? Last()
    {
        lock (gate)
        {
            return errands.Values.Where(IsForCopy).MaxBy(errand => errand.AnsweredAt);
        }
    }

    public bool MayCopy(Guid id)
    {
        lock (gate)
        {
            return errands.TryGetValue(id, out var errand) && IsForCopy(errand);
        }
    }

    /// <summary>Begins the one copy of a ticket; null where it may have none.</summary>
    public Errand? BeginCopy(Guid id)
    {
        lock (gate)
        {
            return errands.TryGetValue(id, out var errand) && IsForCopy(errand)
                ? errands[id] = errand with { Paper = PaperStage.Printing, IsCopy = true, Trouble = null }
                : null;
        }
    }

    public Errand? Find(Guid id)
    {
        lock (gate)
        {
            return errands.GetValueOrDefault(id);
        }
    }

    /// <summary>Waits until the errand is no longer asking, at most the given time.</summary>
    public async Task AnsweredAsync(Guid id, TimeSpan atMost, CancellationToken gone)
    {
        var deadline = Task.Delay(atMost, clock, gone);
        for (var change = screens.Next; Find(id) is { Stage: ErrandStage.Asking } && !deadline.IsCompleted; change = screens.Next)
        {
            await Task.WhenAny(change, deadline);
        }
    }

    public Errand Change(Guid id, Func<Errand, Errand> change)
    {
        Errand changed;
        lock (gate)
        {
            errands[id] = changed = change(errands[id]);
        }

        screens.Raise();
        return changed;
    }

    private bool IsForCopy(Errand errand) => errand.MayHaveCopy && clock.GetElapsedTime(errand.AnsweredAt) < CopyWindow;
}
