using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Tickets;

namespace Reception.Hub.Devices;

/// <summary>
/// A person wants a copy of today's ticket printed at a device: no second number, and the paper says so. Where the device can't print now
/// this is refused; where the copy does not come out, the device gets a fault.
/// </summary>
internal sealed record Reprint(Guid Ticket, string Device, DeviceList Devices, BrokerPost Post) : JournalCommand<TicketResult>
{
    public override Result<TicketResult> Execute(HallTransaction transaction)
    {
        if (!transaction.Hall.Tickets.ContainsKey(Ticket))
        {
            return Refusal.UnknownTicket;
        }

        if (Devices.WhyNoCopy(Device) is { } refusal)
        {
            return refusal;
        }

        CopyOrders.Place(transaction, Device, Ticket);
        var result = new TicketResult(transaction.Hall, Ticket, transaction.Now);
        transaction.AfterCommit(() => Post.PrintCopy(Device, result));
        return result;
    }
}
