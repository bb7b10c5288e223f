using System.Buffers;
using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Broker;
using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>What the hub sends to devices. What a disconnected device misses is sent anew when it connects.</summary>
internal sealed class BrokerPost(IDeviceLink link, TimeProvider clock, Renderer renderer)
{
    /// <summary>Publishes the public hall, retained.</summary>
    public void Hall(HallDocument hall) => link.Publish(Topics.Hall, ProtocolJson.Write(hall), retained: true);

    /// <summary>Answers a report.</summary>
    public void Answer(string device, Answer answer) => link.Publish(Topics.Answer(device), ProtocolJson.Write(answer));

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
            link.Publish(Topics.Answer(device), answer.WrittenSpan.ToArray());
        }
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
