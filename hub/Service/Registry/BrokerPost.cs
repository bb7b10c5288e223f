using System.Text.Json;
using Reception.Broker;
using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>What the hub sends to devices. Where the link is down nothing is sent: reports come again, and what holds is sent anew.</summary>
internal sealed class BrokerPost(IBrokerLink link, TimeProvider clock, Renderer renderer)
{
    /// <summary>Publishes the public hall, retained.</summary>
    public bool Hall(HallDocument hall) => link.TryPublish(Topics.Hall, ProtocolJson.Write(hall), retained: true);

    /// <summary>Answers a report.</summary>
    public void Answer(string device, Answer answer) => link.TryPublish(Topics.Answer(device), ProtocolJson.Write(answer));

    /// <summary>Commands a device; false where the link is down.</summary>
    public bool Command<T>(string device, string type, T data)
    {
        var now = clock.GetUtcNow();
        return link.TryPublish(Topics.Command(device), ProtocolJson.Write(new Command
        {
            Id = Guid.CreateVersion7(now),
            At = renderer.Local(now),
            Type = type,
            Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options),
        }));
    }
}
