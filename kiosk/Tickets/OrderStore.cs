using Reception.Device.Reporting;
using Reception.Device.Storage;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>What an order was about to do when the program was killed.</summary>
/// <param name="Fact">The id of the fact that ends the order: the same after a restart, so that the hub counts it once.</param>
/// <param name="Report">The id of the request on the way; null for a reprint.</param>
/// <param name="Ticket">The ticket whose paper was on the way; null while the request had no answer.</param>
/// <param name="Copy">Whether it was a reprint.</param>
/// <param name="Shown">What its citizen was shown last; null where no citizen stands at the screen.</param>
/// <param name="WrittenAt">When it was written to the disk last; null before.</param>
internal sealed record OpenOrder(Guid Fact, Guid? Report, Guid? Ticket, bool Copy, TicketOrder? Shown, Moment? WrittenAt = null);

/// <summary>
/// Keeps on disk, before anything leaves, what a kill in the next moment would otherwise leave unsaid: that a number was asked
/// for, and that its paper was on the way. A row lives for the seconds between the touch and the outcome's fact.
/// </summary>
internal sealed class OrderStore(DeviceDatabase database, DeviceClock clock)
{
    /// <summary>Before the request leaves. The fact that may end it, a withdrawal, has its own id from here on.</summary>
    public OpenOrder Ask(TicketOrder order, Guid fact) => Write(new OpenOrder(fact, order.Id, null, false, order));

    /// <summary>Before the number is shown and the paper's bytes leave.</summary>
    public OpenOrder Print(OpenOrder open, TicketOrder order) => Write(open with { Ticket = order.Ticket!.Id, Shown = order });

    /// <summary>Before a reprint's bytes leave.</summary>
    public OpenOrder PrintCopy(Guid ticket, Guid fact, TicketOrder? order = null) => Write(new OpenOrder(fact, null, ticket, true, order));

    /// <summary>Together with the outcome's fact, or where there is none to tell.</summary>
    public void Close(OpenOrder order) => database.Execute("DELETE FROM ticket_order WHERE fact = $fact", ("$fact", Key(order)));

    /// <summary>What the last run left open.</summary>
    public IReadOnlyList<OpenOrder> Open() =>
    [
        .. database
            .Select("SELECT body FROM ticket_order ORDER BY place", row => ProtocolJson.Read<OpenOrder>(row.GetFieldValue<byte[]>(0)))
            .OfType<OpenOrder>(),
    ];

    private OpenOrder Write(OpenOrder order)
    {
        var written = order with { WrittenAt = clock.Now() };
        database.Execute(
            """
            INSERT INTO ticket_order (fact, body, digest) VALUES ($fact, $body, sha256($body))
            ON CONFLICT (fact) DO UPDATE SET body = excluded.body, digest = excluded.digest
            """,
            ("$fact", Key(order)),
            ("$body", ProtocolJson.Write(written)));
        return written;
    }

    private static byte[] Key(OpenOrder order) => order.Fact.ToByteArray(bigEndian: true);
}
