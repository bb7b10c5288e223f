using Reception.Kiosk.Paper;

namespace Reception.Kiosk.Tickets;

/// <summary>The orders of the last minutes, as the screens show them. What must outlive the program is in the <see cref="OrderStore"/>.</summary>
internal sealed class TicketOrders(TimeProvider clock, ScreenSignal screens)
{
    // A finger that trembles, or presses again because nothing seems to happen, means one number.
    private static readonly TimeSpan OneTouch = TimeSpan.FromSeconds(3);

    // A ticket's screen is left after 30 s; a reload a little later still finds it.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // Long enough for who turns back with a torn slip, too short for who comes by later.
    private static readonly TimeSpan CopyWindow = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, TicketOrder> orders = [];

    /// <summary>The order that a touch belongs to: one of the last 3 s on the same service and lane, or a new one.</summary>
    public TicketOrder Touch(string service, string lane, string language, out bool isNew, IReadOnlyList<string>? further = null) =>
        Touch(service, lane, language, further, null, out isNew);

    /// <summary>The order of a booked time: its code says what it is for.</summary>
    public TicketOrder CheckIn(string appointment, string language, out bool isNew) => Touch("", "", language, null, appointment, out isNew);

    private TicketOrder Touch(string service, string lane, string language, IReadOnlyList<string>? further, string? appointment, out bool isNew)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            foreach (var old in orders.Values.Where(order => clock.GetElapsedTime(order.TouchedAt, now) > Kept).ToList())
            {
                orders.Remove(old.Id);
            }

            var same = orders.Values.FirstOrDefault(order =>
                order.Service == service && order.Lane == lane && order.Appointment == appointment && clock.GetElapsedTime(order.TouchedAt, now) < OneTouch);
            isNew = same is null;
            if (same is not null)
            {
                return same;
            }

            var order = new TicketOrder
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                Service = service,
                Further = further,
                Lane = lane,
                Language = language,
                Appointment = appointment,
                TouchedAt = now,
            };
            orders.Add(order.Id, order);
            return order;
        }
    }

    /// <summary>
    /// An order that the last run left: it is shown as it ended, so that its citizen is told. No touch belongs to it any more: it would get
    /// the same end.
    /// </summary>
    /// <param name="ago">How long ago it was; null where that is unknown: its citizen may have left long ago, and is offered no copy.</param>
    public void Restore(TicketOrder left, TimeSpan? ago)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            orders[left.Id] = left with { TouchedAt = now - Ticks(OneTouch), AnsweredAt = now - Ticks(ago ?? CopyWindow) };
        }
    }

    /// <summary>The newest ticket of the last minute whose citizen may have a copy printed here, or null.</summary>
    public TicketOrder? Last()
    {
        lock (gate)
        {
            return orders.Values.Where(IsForCopy).MaxBy(order => order.AnsweredAt);
        }
    }

    public bool MayCopy(Guid id)
    {
        lock (gate)
        {
            return orders.TryGetValue(id, out var order) && IsForCopy(order);
        }
    }

    /// <summary>Begins the one copy of a ticket; null where it may have none.</summary>
    public TicketOrder? BeginCopy(Guid id)
    {
        lock (gate)
        {
            return orders.TryGetValue(id, out var order) && IsForCopy(order)
                ? orders[id] = order with { Paper = PaperStage.Printing, IsCopy = true, Trouble = null }
                : null;
        }
    }

    public TicketOrder? Find(Guid id)
    {
        lock (gate)
        {
            return orders.GetValueOrDefault(id);
        }
    }

    /// <summary>Waits until the order is no longer asking, at most the given time.</summary>
    public async Task AnsweredAsync(Guid id, TimeSpan atMost, CancellationToken gone)
    {
        var deadline = Task.Delay(atMost, clock, gone);
        for (var change = screens.Next; Find(id) is { Stage: OrderStage.Asking } && !deadline.IsCompleted; change = screens.Next)
        {
            await Task.WhenAny(change, deadline);
        }
    }

    public TicketOrder Change(Guid id, Func<TicketOrder, TicketOrder> change)
    {
        TicketOrder changed;
        lock (gate)
        {
            orders[id] = changed = change(orders[id]);
        }

        screens.Raise();
        return changed;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * clock.TimestampFrequency);

    private bool IsForCopy(TicketOrder order) => order.MayHaveCopy && clock.GetElapsedTime(order.AnsweredAt) < CopyWindow;
}
