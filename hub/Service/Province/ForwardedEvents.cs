using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Province;

/// <summary>What the province gets of each row of the journal: the object of the wire contracts as it was after the event.</summary>
internal sealed class ForwardedEvents(Renderer renderer, SetupBook book)
{
    /// <summary>The row's event, or null where the kind stays in the house.</summary>
    public CloudEvent? Render(JournalRow row)
    {
        var site = book.Current.File.Site.Code;
        if (Codes.TicketChange(row.Kind) is not null)
        {
            var body = EventBodies.ReadTicket(row.Body);
            var ticket = renderer.Ticket(body.Ticket, body.Ahead ?? 0, body.Estimate);
            return CloudEvent.Of(row, site, body.Ticket.Id.ToString(), ProtocolJson.Write(ticket));
        }

        if (Codes.RatingChange(row.Kind) is not null)
        {
            var rating = EventBodies.ReadRating(row.Body);
            var subject = rating.Ticket?.ToString() ?? Text(rating.Counter ?? 0);
            return CloudEvent.Of(row, site, subject, ProtocolJson.Write(renderer.Rating(rating)));
        }

        return row.Kind switch
        {
            "duty.started" or "duty.ended" => EventBodies.ReadDuty(row.Body) is var duty ? Counter(row, site, duty.Counter, duty.Officer, duty.Place) : null,
            "counter.paused" or "counter.resumed" =>
                EventBodies.ReadPause(row.Body) is var pause ? Counter(row, site, pause.Counter, pause.Officer, pause.Place) : null,
            _ => null,
        };
    }

    /// <summary>A counter as it stood; the officer is named in the end of a duty too, so that it is known whose it was.</summary>
    private CloudEvent Counter(JournalRow row, string site, int number, string officer, CounterPlace place) =>
        CloudEvent.Of(row, site, Text(number), ProtocolJson.Write(new CounterDocument
        {
            Number = number,
            Name = book.Current.CounterName(number),
            State = place.State,
            Officer = new OfficerDocument(officer, book.Current.OfficerName(officer)),
            Services = place.Services,
            Ticket = null,
            Waiting = place.Waiting,
        }));

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Makes the province's event of a row, or null where the kind stays in the house.</summary>
internal delegate CloudEvent? RenderEvent(JournalRow row);
