using System.Buffers;
using System.Text.Json;
using Reception.Hall;
using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>The bytes of the hub's answers to reports.</summary>
internal static class AnswerBytes
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = ProtocolJson.Options.Encoder };

    /// <summary>A report was stored.</summary>
    /// <param name="report">Its id.</param>
    /// <param name="data">The answer's data, a JSON object.</param>
    public static byte[] Stored(Guid report, ReadOnlySpan<byte> data)
    {
        var answer = new ArrayBufferWriter<byte>(128 + data.Length);
        using (var json = new Utf8JsonWriter(answer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("report", report);
            json.WriteBoolean("stored", true);
            json.WritePropertyName("data");
            json.WriteRawValue(data, skipInputValidation: true);
            json.WriteEndObject();
        }

        return answer.WrittenSpan.ToArray();
    }

    /// <summary>A report was refused, under its id as it was sent.</summary>
    public static byte[] Refused(SentId report, Refusal refusal)
    {
        var answer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(answer, Plain))
        {
            json.WriteStartObject();
            json.WritePropertyName("report");
            // Not validated: half a surrogate pair is returned as it came.
            json.WriteRawValue(report.Json, skipInputValidation: true);
            json.WriteBoolean("stored", false);
            json.WritePropertyName("error");
            JsonSerializer.Serialize(json, new AnswerError(refusal.Code, refusal.Vietnamese) { English = refusal.English }, ProtocolJson.Options);
            json.WriteEndObject();
        }

        return answer.WrittenSpan.ToArray();
    }
}
