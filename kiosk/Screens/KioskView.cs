using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Screens;

/// <summary>What the screens show of the hall at one moment.</summary>
public sealed record KioskView
{
    public required string HallName { get; init; }

    public required string ShortName { get; init; }

    /// <summary>In the hall's own zone.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The line after which papers wait for the next working day, where it has passed today; else null.</summary>
    public string? ForwardLine { get; init; }

    /// <summary>Whether the hub is away, so that no number can be had.</summary>
    public bool HubAway { get; init; }

    /// <summary>Why the printer can't print, or null.</summary>
    public PaperTrouble? Paper { get; init; }

    /// <summary>The ticket of which a copy can be had here now, or null.</summary>
    public LastTicket? Last { get; init; }

    /// <summary>The address at which phones take a number, with the code of now; null where that is not offered.</summary>
    public string? Join { get; init; }

    /// <summary>When booked citizens are called, in words; null at a hub that takes no appointments.</summary>
    public CatalogAppointments? Appointments { get; init; }

    /// <summary>How the lanes take turns; null at a hub that does not tell.</summary>
    public CatalogLanes? Lanes { get; init; }

    public required IReadOnlyList<ServiceView> Services { get; init; }

    public ServiceView? Service(string code) => Services.FirstOrDefault(service => service.Code == code);
}

/// <summary>The ticket that was taken here in the last minute.</summary>
public sealed record LastTicket(Guid Order, string Number);

/// <summary>A service on the screens.</summary>
public sealed record ServiceView
{
    public required string Code { get; init; }

    public required string Prefix { get; init; }

    public required string Name { get; init; }

    public required string English { get; init; }

    public bool Open { get; init; }

    public string? ClosedReason { get; init; }

    /// <summary>The day off that today is, where it has a name.</summary>
    public CatalogHoliday? Holiday { get; init; }

    /// <summary>In the hall's own zone.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    public int Waiting { get; init; }

    /// <summary>The wait of one who takes a normal number now.</summary>
    public Wait Wait { get; init; }

    public required IReadOnlyList<CatalogProcedure> Procedures { get; init; }
}
