using Reception.Device.Paper;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Paper;
using Reception.Kiosk.Tickets;
using Reception.Protocol;

namespace Reception.Kiosk.Screens;

/// <summary>Puts the catalogue, the hall's state, the printer and the clock together for the screens.</summary>
internal sealed class ReadHall(HubSide hub, PrinterWatch printer, TicketOrders orders, JoinInvitation join, HallClock clock)
{
    /// <summary>What the screens show now; null until the catalogue has been fetched once.</summary>
    public KioskView? Now()
    {
        if (hub.Catalog is not { } catalog)
        {
            return null;
        }

        var states = hub.Hall?.Services.ToDictionary(service => service.Code) ?? [];
        var now = clock.InHall(clock.Now);
        return new KioskView
        {
            HallName = catalog.Site.Name,
            ShortName = catalog.Site.ShortName,
            Now = now,
            ForwardLine = clock.ForwardLinePassed(now),
            HubAway = hub.IsAway,
            Paper = printer.ForCitizen(),
            Last = printer.Trouble is null && orders.Last() is { } last ? new LastTicket(last.Id, last.Ticket!.Number) : null,
            Join = join.Link,
            Appointments = catalog.Appointments,
            Lanes = catalog.Lanes,
            Services = [.. catalog.Services.Select(service => Of(service, states.GetValueOrDefault(service.Code), catalog, DateOnly.FromDateTime(now.DateTime)))],
        };
    }

    private ServiceView Of(CatalogService service, HallService? state, CatalogDocument catalog, DateOnly today) => new()
    {
        Code = service.Code,
        Prefix = service.Prefix,
        Name = service.Name,
        English = service.English,
        Open = state?.Open ?? false,
        ClosedReason = state?.ClosedReason,
        Holiday = catalog.Holidays.FirstOrDefault(holiday => holiday.Date == today),
        OpensAt = state?.OpensAt is { } opens ? clock.InHall(opens) : null,
        Waiting = state?.Waiting ?? 0,
        Wait = state is null ? default : Wait.Of(state),
        Procedures = [.. catalog.Procedures.Where(procedure => procedure.Service == service.Code)],
    };
}
