using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Hub.Statistics;
using Reception.Protocol;

namespace Reception.Hub.Province;

/// <summary>What the province gets of each row of the journal: the object of the wire contracts as it was after the event.</summary>
internal sealed class ForwardedEvents
{
    private readonly Renderer _renderer;
    private readonly SetupBook _book;
    private readonly Func<SqliteConnection> _open;
    private readonly FrozenDictionary<string, Func<JournalRow, Content?>> _kinds;

    /// <param name="renderer">Makes the objects of the wire contracts.</param>
    /// <param name="book">The names of today.</param>
    /// <param name="open">Opens a connection that only reads.</param>
    public ForwardedEvents(Renderer renderer, SetupBook book, Func<SqliteConnection> open)
    {
        (_renderer, _book, _open) = (renderer, book, open);
        _kinds = new Dictionary<string, Func<JournalRow, Content?>>
        {
            [Codes.Kind(TicketChange.Issued)] = Ticket,
            [Codes.Kind(TicketChange.Called)] = VisitedTicket,
            [Codes.Kind(TicketChange.Recalled)] = VisitedTicket,
            [Codes.Kind(TicketChange.Started)] = VisitedTicket,
            [Codes.Kind(TicketChange.Held)] = VisitedTicket,
            [Codes.Kind(TicketChange.Transferred)] = VisitedTicket,
            [Codes.Kind(TicketChange.Served)] = VisitedTicket,
            [Codes.Kind(TicketChange.NoShow)] = VisitedTicket,
            [Codes.Kind(TicketChange.Undone)] = VisitedTicket,
            [Codes.Kind(TicketChange.Cancelled)] = VisitedTicket,
            [Codes.Kind(TicketChange.Expired)] = VisitedTicket,
            [Codes.Kind(TicketChange.Printed)] = VisitedTicket,
            [Codes.Kind(RatingChange.Recorded)] = Rating,
            [Codes.Kind(RatingChange.Changed)] = Rating,
            [Codes.Kind(RatingChange.Reasoned)] = Rating,
            ["duty.started"] = Duty,
            ["duty.ended"] = Duty,
            ["counter.paused"] = Pause,
            ["counter.resumed"] = Pause,
            ["configuration.changed"] = Configuration,
            ["day.closed"] = ClosedDay,
            ["journal.restored"] = Restored,
        }.ToFrozenDictionary();
    }

    /// <summary>The row's event, or null where it stays in the house.</summary>
    public CloudEvent? Render(JournalRow row) => _kinds.GetValueOrDefault(row.Kind)?.Invoke(row) is { } content
        ? CloudEvent.Of(row, _book.Current.File.Site.Code, content.Subject, content.Data)
        : null;

    private Content Ticket(JournalRow row)
    {
        var body = EventBodies.ReadTicket(row.Body);
        return new Content(body.Ticket.Id.ToString(), ProtocolJson.Write(Document(body)));
    }

    /// <summary>A ticket with its visit; officer and visit are null where the event belongs to none, as the cancellation of a ticket that waits.</summary>
    private Content VisitedTicket(JournalRow row)
    {
        var body = EventBodies.ReadTicket(row.Body);
        var visit = body.Counter is null ? null : Visit(body.Ticket.Id, row.Sequence);
        var data = JsonSerializer.SerializeToNode(Document(body), ProtocolJson.Options)!.AsObject();
        if (visit is not null)
        {
            // Where it happened: a ticket that was transferred to another counter has the number of that one.
            data["counter"] = visit.Counter;
        }

        data["officer"] = visit?.Officer;
        data["visit"] = visit?.Id;
        data["day"] = Day(DayNumber.ToDay(row.Day));
        return new Content(body.Ticket.Id.ToString(), ProtocolJson.Write(data));
    }

    private TicketDocument Document(TicketBody body) => _renderer.Ticket(body.Ticket, body.Ahead ?? 0, body.Estimate);

    private Content Rating(JournalRow row)
    {
        var rating = EventBodies.ReadRating(row.Body);
        var data = JsonSerializer.SerializeToNode(_renderer.Rating(rating), ProtocolJson.Options)!.AsObject();
        data["day"] = Day(rating.Day);
        data["visit"] = rating.Stay;
        return new Content(rating.Ticket?.ToString() ?? Text(rating.Counter ?? 0), ProtocolJson.Write(data));
    }

    private Content Duty(JournalRow row)
    {
        var duty = EventBodies.ReadDuty(row.Body);
        return Counter(duty.Counter, duty.Officer, duty.Place);
    }

    private Content Pause(JournalRow row)
    {
        var pause = EventBodies.ReadPause(row.Body);
        return Counter(pause.Counter, pause.Officer, pause.Place);
    }

    /// <summary>A counter as it stood; the officer is named in the end of a duty too, so that it is known whose it was.</summary>
    private Content Counter(int number, string officer, CounterPlace place) => new(Text(number), ProtocolJson.Write(new CounterDocument
    {
        Number = number,
        Name = _book.Current.CounterName(number),
        State = place.State,
        Officer = new OfficerDocument(officer, _book.Current.OfficerName(officer)),
        Services = place.Services,
        Ticket = null,
        Waiting = place.Waiting,
    }));

    /// <summary>The catalogue as the change left it.</summary>
    private Content? Configuration(JournalRow row)
    {
        using var connection = _open();
        return ForwardedCatalog.Read(connection, row.Sequence) is { } catalog ? new Content(_book.Current.File.Site.Code, catalog) : null;
    }

    /// <summary>A day that is over: what the province's own figures must equal.</summary>
    private Content ClosedDay(JournalRow row)
    {
        var closed = (DayClosed)EventBodies.Read(row.Kind, default, row.Body);
        return new Content(Day(closed.Day), ProtocolJson.Write(new
        {
            day = Day(closed.Day),
            closed.Last,
            closed.Chain,
            tickets = new Dictionary<string, int>
            {
                ["issued"] = closed.Tickets.Issued,
                ["served"] = closed.Tickets.Served,
                ["no-show"] = closed.Tickets.NoShow,
                ["cancelled"] = closed.Tickets.Cancelled,
                ["expired"] = closed.Tickets.Expired,
            },
            officers = closed.Officers.Select(officer => OfficerRowDocument.Of(FiguresOf(officer), _book.Current.OfficerName(officer.Officer))),
        }));
    }

    private Content Restored(JournalRow row) => new(
        _book.Current.File.Site.Code, ProtocolJson.Write(new { ((JournalRestored)EventBodies.Read(row.Kind, default, row.Body)).LostAfter }));

    private static OfficerFigures FiguresOf(OfficerDay officer) => new(
        officer.Officer,
        new Tally
        {
            Served = officer.Served,
            Level1 = officer.Levels[0],
            Level2 = officer.Levels[1],
            Level3 = officer.Levels[2],
            Level4 = officer.Levels[3],
            Level5 = officer.Levels[4],
            WaitSeconds = officer.WaitSeconds,
            ServiceSeconds = officer.ServiceSeconds,
        },
        officer.Unattributed,
        []);

    /// <summary>The ticket's newest visit as the journal stood after a row.</summary>
    private VisitOfTicket? Visit(Guid ticket, long sequence)
    {
        using var connection = _open();
        return connection.QuerySingleOrDefault<VisitOfTicket>(
            "SELECT id, counter, officer FROM stay WHERE ticket = @ticket AND id <= @sequence ORDER BY id DESC LIMIT 1",
            new { ticket = ticket.ToByteArray(bigEndian: true), sequence });
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Content(string Subject, byte[] Data);

    private sealed record VisitOfTicket(long Id, long Counter, string Officer);
}

/// <summary>Makes the province's event of a row, or null where the kind stays in the house.</summary>
internal delegate CloudEvent? RenderEvent(JournalRow row);
