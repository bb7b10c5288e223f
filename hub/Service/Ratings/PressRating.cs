using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Ratings;

/// <summary>A citizen pressed a level: a new rating, a change of the stay's rating within 5 s, or a press of no stay.</summary>
/// <param name="Report">The report's id, and the rating's where it is the first of its stay.</param>
/// <param name="Device">The device that reports it.</param>
/// <param name="Counter">The device's counter by the registry, or null.</param>
/// <param name="Level">1 to 5.</param>
/// <param name="Ticket">The ticket that the device names, or null.</param>
/// <param name="Time">When the button was pressed.</param>
internal sealed record PressRating(Guid Report, string Device, int? Counter, int Level, Guid? Ticket, ReportTime Time) : JournalCommand<Rating>
{
    private static readonly Refusal Over = Refusal.NotNow("Lượt này đã được đánh giá.", "This visit has been rated already.");

    public override Result<Rating> Execute(HallTransaction transaction)
    {
        // Answers are forgotten after a while, the ids of presses never.
        if (RatingRow.Of(transaction, Report) is { } mine)
        {
            return mine.Device == Device ? mine : StoredResults.KeyReused;
        }

        if (FurtherPress.Find(transaction, Report) is { } earlier)
        {
            return earlier.Device != Device ? StoredResults.KeyReused : earlier.Rating is { } known ? RatingRow.Of(transaction, known)! : Over;
        }

        if (FindStay(transaction) is not { } stay)
        {
            return Record(transaction, Unattributed(transaction));
        }

        if (RatingRow.OfStay(transaction, stay.Id) is not { } first)
        {
            return Record(transaction, Attributed(stay));
        }

        if ((Time.At - first.FirstAt).Duration() > HallState.ChangeWindow)
        {
            FurtherPress.Keep(transaction, Report, Device, null);
            return Over;
        }

        if (Time.At < first.At)
        {
            // The last press counts, and this one was made before it.
            FurtherPress.Keep(transaction, Report, Device, first.Id);
            return first;
        }

        var changed = first with
        {
            At = Time.At,
            ArrivedAt = Time.Arrival,
            Press = Report,
            Level = Level,
            Changed = true,
            Reason = Level <= 2 ? first.Reason : null,
        };
        transaction.Append(new RatingChanged(transaction.Now, RatingChange.Changed, changed));
        return changed;
    }

    private static Rating Record(HallTransaction transaction, Rating rating)
    {
        transaction.Append(new RatingChanged(transaction.Now, RatingChange.Recorded, rating));
        return rating;
    }

    private Stay? FindStay(HallTransaction transaction)
    {
        if (!Time.IsKnown || Time.IsLate || Counter is not { } counter)
        {
            return null;
        }

        var instant = Time.At.ToUnixTimeMilliseconds();
        return Ticket is { } ticket
            ? Attribution.OfTicket(Stay.Of(transaction, ticket, counter), instant)
            : Attribution.OfPress(Stay.Around(transaction, counter, instant), instant);
    }

    private Rating Attributed(Stay stay) => new()
    {
        Id = Report,
        At = Time.At,
        ArrivedAt = Time.Arrival,
        FirstAt = Time.At,
        Level = Level,
        Day = DayNumber.ToDay((int)stay.Day),
        Stay = stay.Id,
        Ticket = new Guid(stay.Ticket, bigEndian: true),
        Officer = stay.Officer,
        Counter = (int)stay.Counter,
        Service = stay.Service,
        Device = Device,
    };

    private Rating Unattributed(HallTransaction transaction)
    {
        var day = transaction.Hall.Setup.DayOf(Time.At);
        return new Rating
        {
            Id = Report,
            At = Time.At,
            ArrivedAt = Time.Arrival,
            Late = Time.IsLate ? true : null,
            FirstAt = Time.At,
            Level = Level,
            Day = !Time.IsKnown || day > transaction.Hall.Day ? transaction.Hall.Day : day,
            Counter = Counter,
            DutyOfficer = Time.IsKnown ? OnDuty(transaction, Time.At.ToUnixTimeMilliseconds()) : null,
            Device = Device,
        };
    }

    private string? OnDuty(HallTransaction transaction, long at) =>
        transaction.Connection.ExecuteScalar<string?>(
            "SELECT officer FROM duty WHERE counter = @Counter AND from_at <= @at AND (to_at IS NULL OR to_at > @at) ORDER BY from_at DESC, id DESC LIMIT 1",
            new { Counter, at },
            transaction.Transaction);
}
