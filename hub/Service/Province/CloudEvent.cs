using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Province;

/// <summary>A CloudEvent 1.0 in JSON, as section 5 of the wire contracts says.</summary>
internal sealed record CloudEvent(
    string Id,
    string Source,
    string Type,
    DateTimeOffset Time,
    string Subject,
    long Sequence,
    byte[] Chain,
    ReadOnlyMemory<byte> Data)
{
    /// <summary>The sequence of the event before this one; 0 where this is the first.</summary>
    public long After { get; init; }

    /// <summary>The id of the journal that the row is in.</summary>
    public Guid Journal { get; init; }

    // No page ever holds these bytes, so that a plus sign in a time may stay one.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A row's event. The subject is a ticket's id or a counter's number, the data UTF-8 JSON.</summary>
    public static CloudEvent Of(JournalRow row, string site, string subject, ReadOnlyMemory<byte> data) => new(
        EventIds.Of(row),
        "urn:reception:" + site,
        "vn.reception." + row.Kind,
        DateTimeOffset.FromUnixTimeMilliseconds(row.At),
        subject,
        row.Sequence,
        row.Chain,
        data);

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(512 + Data.Length);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", Id);
            json.WriteString("source", Source);
            json.WriteString("type", Type);
            json.WriteString("time", ProtocolJson.Text(Time));
            json.WriteString("subject", Subject);
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("sequence", Sequence.ToString(CultureInfo.InvariantCulture));
            json.WriteString("after", After.ToString(CultureInfo.InvariantCulture));
            json.WriteString("journal", Journal);
            json.WriteString("chain", Convert.ToHexStringLower(Chain));
            json.WritePropertyName("data");
            json.WriteRawValue(Data.Span);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
