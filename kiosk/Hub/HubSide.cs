using System.Text.Json;
using Reception.Device.Catalog;
using Reception.Device.Reporting;
using Reception.Device.Session;
using Reception.Protocol;

namespace Reception.Kiosk.Hub;

/// <summary>What the kiosk knows of the hub, and what it says to it.</summary>
internal sealed class HubSide
{
    private readonly DeviceSession session;
    private readonly CatalogCache catalog;

    public HubSide(DeviceSession session, CatalogCache catalog, ScreenSignal screens)
    {
        this.session = session;
        this.catalog = catalog;
        session.StateChanged += _ => screens.Raise();
        catalog.Changed += _ => screens.Raise();
    }

    /// <summary>Names and procedures; null until they were fetched once in the kiosk's life.</summary>
    public CatalogDocument? Catalog => catalog.Current;

    public HallDocument? Hall => session.State.Hall;

    public bool IsAway => session.State.IsHubAway;

    /// <summary>The hub's time, as well as the kiosk knows it.</summary>
    public DateTimeOffset Time => session.HubTime;

    /// <summary>The clocks by which reports say when something happened.</summary>
    public DeviceClock Clock => session.Outbox.Clock;

    /// <summary>The request for a number, which is to be kept before it is asked.</summary>
    public DatedReport Prepare(Guid report, Moment touched, TicketRequest request) =>
        session.Requests.Prepare(report, touched, ReportTypes.TicketRequest, request);

    /// <summary>Asks for a number; gives up after 10 s.</summary>
    public Task<RequestResult> AskAsync(DatedReport request, CancellationToken stopping) => session.Requests.AskAsync(request, stopping);

    /// <summary>Keeps a fact until the hub has answered it. Under one id it is one fact, however often it is kept.</summary>
    public void Keep<T>(string type, T data, Moment? happened = null, Guid? id = null) => session.Outbox.Keep(type, data, happened, id);

    /// <summary>The ticket in an answer or a command, or null where there is none.</summary>
    public static TicketDocument? ReadTicket(JsonElement data) => ProtocolJson.Read<TicketDocument>(JsonSerializer.SerializeToUtf8Bytes(data));
}
