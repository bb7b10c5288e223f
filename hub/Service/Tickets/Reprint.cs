using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Registry;
using Reception.Protocol;

namespace Reception.Hub.Tickets;

/// <summary>
/// A person wants a copy of today's ticket printed at a device: no second number, and the paper says so. Where the device can't print now
/// this is refused; where the copy does not come out, the device gets a fault.
/// </summary>
internal sealed record Reprint(Guid Ticket, string Device, DeviceList Devices, BrokerPost Post) : JournalCommand
{
    public override Decision Decide(WorkingHall working)
    {
        if (!working.Hall.Tickets.ContainsKey(Ticket))
        {
            return Decision.Refused(Refusal.UnknownTicket);
        }

        if (Devices.WhyNoCopy(Device) is { } refusal)
        {
            return Decision.Refused(refusal);
        }

        CopyOrders.Place(working, Device, Ticket);
        return new Decision([], new Reply.OfTicket(Ticket));
    }

    public override Told Tell(Reply reply, WorkingHall working)
    {
        var document = working.Renderer.Ticket(working.Hall, working.Hall.Tickets[Ticket], working.Now);
        var order = JsonSerializer.SerializeToNode(document, ProtocolJson.Options)!.AsObject();
        order.Add("copy", true);
        Post.Command(Device, CommandTypes.TicketPrint, order);
        return new Told(StatusCodes.Status202Accepted, ProtocolJson.Write(document));
    }
}
