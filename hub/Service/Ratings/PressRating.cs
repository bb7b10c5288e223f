using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Ratings;

/// <summary>A citizen pressed a level: a new rating, a change of the stay's rating within 5 s, or a press of no stay.</summary>
/// <param name="Report">The report's id, and the rating's where it is the first of its stay.</param>
/// <param name="Counter">The device's counter by the registry, or null.</param>
/// <param name="At">When the button was pressed, by the device's clock.</param>
internal sealed record PressRating(Guid Report, string Device, int? Counter, int Level, Guid? Ticket, bool TimeKnown, DateTimeOffset At) : JournalCommand
{
    private static readonly Refusal Over = Refusal.NotNow("Lượt này đã được đánh giá.", "This visit has been rated already.");

    private Rating? _rating;

    public override Decision Decide(WorkingHall working)
    {
        // Milliseconds, as the journal keeps them.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(ReportTime.Believed(At, working.Now).ToUnixTimeMilliseconds());
        var stay = FindStay(working, at);
        if (stay is null)
        {
            _rating = Unattributed(working, at);
            return Decision.Happened(new Reply.Done(), new RatingChanged(working.Now, RatingChange.Recorded, _rating));
        }

        if (RatingRow.OfStay(working, stay.Id) is not { } earlier)
        {
            _rating = Attributed(stay, at);
            return Decision.Happened(new Reply.Done(), new RatingChanged(working.Now, RatingChange.Recorded, _rating));
        }

        if ((at - earlier.FirstAt).Duration() > HallState.ChangeWindow)
        {
            return Decision.Refused(Over);
        }

        if (at < earlier.At)
        {
            // The last press counts, and this one was made before it.
            _rating = earlier;
            return Decision.Nothing;
        }

        _rating = earlier with { At = at, Level = Level, Changed = true, Reason = Level <= 2 ? earlier.Reason : null };
        return Decision.Happened(new Reply.Done(), new RatingChanged(working.Now, RatingChange.Changed, _rating));
    }

    public override Told Tell(Reply reply, WorkingHall working) =>
        new(StatusCodes.Status200OK, ProtocolJson.Write(new { rating = _rating!.Id, attributed = _rating.Attributed }));

    private bool IsTimeKnown(WorkingHall working) => TimeKnown && ReportTime.IsPossible(At, working.Now);

    private Stay? FindStay(WorkingHall working, DateTimeOffset at)
    {
        if (!IsTimeKnown(working) || Counter is not { } counter)
        {
            return null;
        }

        var instant = at.ToUnixTimeMilliseconds();
        return Ticket is { } ticket
            ? Attribution.OfTicket(Stay.Of(working, ticket, counter), instant)
            : Attribution.OfPress(Stay.Around(working, counter, instant), instant);
    }

    private Rating Attributed(Stay stay, DateTimeOffset at) => new()
    {
        Id = Report,
        At = at,
        FirstAt = at,
        Level = Level,
        Day = DayNumber.ToDay((int)stay.Day),
        Stay = stay.Id,
        Ticket = new Guid(stay.Ticket, bigEndian: true),
        Officer = stay.Officer,
        Counter = (int)stay.Counter,
        Service = stay.Service,
        Device = Device,
    };

    private Rating Unattributed(WorkingHall working, DateTimeOffset at)
    {
        var day = working.Hall.Setup.DayOf(at);
        var isTimeKnown = IsTimeKnown(working);
        return new Rating
        {
            Id = Report,
            At = at,
            FirstAt = at,
            Level = Level,
            Day = !isTimeKnown || day > working.Hall.Day ? working.Hall.Day : day,
            Counter = Counter,
            DutyOfficer = isTimeKnown ? OnDuty(working, at.ToUnixTimeMilliseconds()) : null,
            Device = Device,
        };
    }

    private string? OnDuty(WorkingHall working, long at) =>
        working.Connection.ExecuteScalar<string?>(
            "SELECT officer FROM duty WHERE counter = @Counter AND from_at <= @at AND (to_at IS NULL OR to_at > @at) ORDER BY from_at DESC, id DESC LIMIT 1",
            new { Counter, at },
            working.Transaction);
}
