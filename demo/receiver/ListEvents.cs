using System.Text.Json;
using Reception.Protocol;

namespace Reception.Receiver;

/// <summary><c>GET /events?after=N&amp;limit=M</c>: what arrived after the Nth event, in order of arrival, with the tally of the whole and the newest heartbeat.</summary>
internal static class ListEvents
{
    private const int Most = 500;

    private sealed record Item(int Index, DateTimeOffset Received, long? Missing, bool NewJournal, bool OutOfOrder, JsonElement Event);

    private sealed record Listing(Tally Tally, JsonElement? Heartbeat, IReadOnlyList<Item> Events, int? Next);

    public static IResult Handle(Ledger ledger, Heartbeats heartbeats, int after = 0, int limit = 100)
    {
        var arrivals = ledger.After(after, Math.Clamp(limit, 1, Most));
        var tally = ledger.Tally;
        var next = arrivals.Count > 0 && arrivals[^1].Index < tally.Events ? arrivals[^1].Index : (int?)null;
        var items = arrivals.Select(one => new Item(one.Index, one.Received, ledger.IsAfterGap(one) ? one.Missing : null, one.NewJournal, one.OutOfOrder, ledger.Event(one)));
        return TypedResults.Json(new Listing(tally, heartbeats.Newest, [.. items], next), ProtocolJson.Options);
    }
}
