using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reception.Protocol;

/// <summary>An instant as section 1 of the wire contracts says.</summary>
internal class InstantConverter : JsonConverter<DateTimeOffset>
{
    public sealed override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(reader.GetString(), out var instant)
            ? instant
            : throw new JsonException("A time is written in RFC 3339, such as 2026-11-23T10:42:00.000+07:00.");

    public sealed override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ProtocolJson.Text(value));

    protected virtual bool TryRead(string? text, out DateTimeOffset instant) => Instants.TryRead(text, out instant);
}

/// <summary>An instant by a device's clock, which may say any year: one outside the years 1 to 9999 is read as the nearest one in them.</summary>
internal sealed class DeviceInstantConverter : InstantConverter
{
    protected override bool TryRead(string? text, out DateTimeOffset instant) => Instants.TryReadNearest(text, out instant);
}
