using System.Text.Json;
using System.Text.Unicode;

namespace Reception.Hub.Devices;

/// <summary>The id in a device's message, exactly as it was sent: the answer names it, whatever else is wrong with the message.</summary>
/// <param name="Json">The JSON string, with its quotation marks and escapes.</param>
internal sealed record SentId(byte[] Json)
{
    public static SentId Of(Guid id) => new(JsonSerializer.SerializeToUtf8Bytes(id));

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// Reads the message up to its end or to where it stops being JSON. Of several ids the last one counts, as for every field.
    /// Null where no id is a string, or its bytes are not UTF-8.
    /// </summary>
    public static SentId? Read(ReadOnlySpan<byte> message)
    {
        var text = message.StartsWith(ByteOrderMark) ? message[ByteOrderMark.Length..] : message;
        var reader = new Utf8JsonReader(text, AnyDepth);
        ReadOnlySpan<byte> id = default;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = IsId(ref reader);
                reader.Read();
                if (isId && reader.TokenType == JsonTokenType.String)
                {
                    id = text[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // The message stops being JSON here; an id that was read before it stays readable.
        }

        return id.IsEmpty || !Utf8.IsValid(id) ? null : new SentId(id.ToArray());
    }

    /// <summary>Whether this is how the wire contract writes the id: in lower case, with dashes.</summary>
    public bool Is(Guid id) => JsonSerializer.Deserialize<string>(Json) == id.ToString();

    private static bool IsId(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueTextEquals("id"u8);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair.
            return false;
        }
    }
}
