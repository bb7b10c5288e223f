using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Broker;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>What the hub sends to devices. What a disconnected device misses is sent anew when it connects.</summary>
internal sealed class BrokerPost(IDeviceLink link, TimeProvider clock, Renderer renderer)
{
    /// <summary>Publishes the public hall, retained.</summary>
    public void Hall(HallDocument hall) => link.Publish(Topics.Hall, ProtocolJson.Write(hall), retained: true);

    /// <summary>Answers a report, with bytes that are already the answer's.</summary>
    public void Answer(string device, byte[] answer) => link.Publish(Topics.Answer(device), answer);

    /// <summary>Refuses a report under its id as it was sent; an answer that would be too large for a message is not sent.</summary>
    public void Refuse(string device, SentId report, Refusal refusal)
    {
        var answer = AnswerBytes.Refused(report, refusal);
        if (answer.Length <= MessageLimits.MaximumBytes)
        {
            Answer(device, answer);
        }
    }

    /// <summary>Has a device print a copy of a ticket's slip.</summary>
    public void PrintCopy(string device, TicketResult ticket)
    {
        var order = JsonSerializer.SerializeToNode(renderer.Ticket(ticket), ProtocolJson.Options)!.AsObject();
        order.Add("copy", true);
        Command(device, CommandTypes.TicketPrint, order);
    }

    /// <summary>Commands a device.</summary>
    public void Command<T>(string device, string type, T data)
    {
        var now = clock.GetUtcNow();
        link.Publish(Topics.Command(device), ProtocolJson.Write(new Command
        {
            Id = Guid.CreateVersion7(now),
            At = renderer.Local(now),
            Type = type,
            Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options),
        }));
    }
}
