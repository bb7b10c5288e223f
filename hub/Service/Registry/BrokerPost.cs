using System.Buffers;
using System.Text.Json;
using Reception.Broker;
using Reception.Hall;
using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>What the hub sends to devices. Where the link is down nothing is sent: reports come again, and what holds is sent anew.</summary>
internal sealed class BrokerPost(IBrokerLink link, TimeProvider clock, Renderer renderer)
{
    /// <summary>Publishes the public hall, retained.</summary>
    public bool Hall(HallDocument hall) => link.TryPublish(Topics.Hall, ProtocolJson.Write(hall), retained: true);

    /// <summary>Answers a report.</summary>
    public void Answer(string device, Answer answer) => link.TryPublish(Topics.Answer(device), ProtocolJson.Write(answer));

    /// <summary>Refuses a report under its id as it was sent; an answer that would be too large for a message is not sent.</summary>
    public void Refuse(string device, SentId report, Refusal refusal)
    {
        var error = new AnswerError(refusal.Code, refusal.Vietnamese) { English = refusal.English };
        var answer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(answer, new JsonWriterOptions { Encoder = ProtocolJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WritePropertyName("report");
            // Not validated: half a surrogate pair is returned as it came.
            json.WriteRawValue(report.Json, skipInputValidation: true);
            json.WriteBoolean("stored", false);
            json.WritePropertyName("error");
            JsonSerializer.Serialize(json, error, ProtocolJson.Options);
            json.WriteEndObject();
        }

        if (answer.WrittenCount <= MessageLimits.MaximumBytes)
        {
            link.TryPublish(Topics.Answer(device), answer.WrittenSpan);
        }
    }

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
