using Reception.Hall;
using Reception.Hub.Site;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Ticket;

/// <summary>All that a citizen's phone shows of one ticket at one instant.</summary>
public sealed record TicketView
{
    public required string Hall { get; init; }
    public required string Zone { get; init; }

    /// <summary>The secret end of the page's address.</summary>
    public required string Code { get; init; }

    public required DateTimeOffset Now { get; init; }
    public required string Number { get; init; }
    public required string Service { get; init; }

    /// <summary>The further errands that follow, in order; null where there is none.</summary>
    public string? Then { get; init; }

    /// <summary>The service's name in the other language.</summary>
    public required string OtherService { get; init; }

    public required TicketState State { get; init; }
    public int? Counter { get; init; }
    public required int Ahead { get; init; }

    /// <summary>What is told of the wait, while it waits.</summary>
    public Wait Wait { get; init; }

    /// <summary>Numbers of this service that are called or served now.</summary>
    public required IReadOnlyList<string> InService { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? CalledAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public int Calls { get; init; }

    /// <summary>After this time of day what is taken in goes out the next working day; null before it.</summary>
    public string? ForwardedNextDay { get; init; }

    /// <summary>The booked time, or null.</summary>
    public DateTimeOffset? Booked { get; init; }

    /// <summary>The rule of booked times, as a sentence.</summary>
    public string? BookedRule { get; init; }

    public required bool CanCancel { get; init; }

    /// <summary>The page of a ticket; <paramref name="told"/> is the ticket as the API gives it.</summary>
    internal static TicketView Of(
        string code, Reception.Hall.Ticket ticket, TicketDocument told, HallState hall, HallSetup setup, Words words, Words other, DateTimeOffset now)
    {
        var zone = setup.Zone;
        DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);
        var local = Local(now);
        return new TicketView
        {
            Hall = setup.Catalog.Site.ShortName,
            Zone = setup.File.Site.TimeZone,
            Code = code,
            Now = local,
            Number = ticket.Number,
            Service = new Names(setup, words).Service(ticket.Service),
            Then = ticket.IsOpen && !ticket.Services.IsEmpty ? new Names(setup, words).Services(ticket.Services) : null,
            OtherService = new Names(setup, other).Service(ticket.Service),
            State = ticket.State,
            CanCancel = ticket.CanBeCancelled,
            Counter = ticket.Counter,
            Booked = ticket.Appointment is { } booked ? Local(booked.At) : null,
            BookedRule = ticket.Appointment is null ? null : words.Language == "en" ? setup.Catalog.Appointments!.English : setup.Catalog.Appointments!.Text,
            Ahead = told.Ahead,
            Wait = Wait.Of(told),
            InService = [.. hall.Counters.Values.Select(hall.InHand).Where(one => one?.Service == ticket.Service && one.Id != ticket.Id).Select(one => one!.Number).Order()],
            IssuedAt = Local(ticket.IssuedAt),
            CalledAt = ticket.CalledAt is { } called ? Local(called) : null,
            FinishedAt = ticket.FinishedAt is { } finished ? Local(finished) : null,
            Calls = hall.Calls.FirstOrDefault(call => call.Number == ticket.Number && call.Counter == ticket.Counter)?.Times ?? 1,
            ForwardedNextDay = setup.Catalog.ForwardNextDayAfter is { } line
                && TimeOnly.TryParseExact(line, "HH:mm", out var limit) && TimeOnly.FromDateTime(local.DateTime) >= limit ? line : null,
        };
    }
}
