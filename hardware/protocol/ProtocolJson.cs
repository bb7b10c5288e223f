using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reception.Protocol;

/// <summary>JSON as it is written on every wire: camelCase names, all Unicode as it is, times as section 1 says.</summary>
public static class ProtocolJson
{
    /// <summary>The one set of options. Fields that are null are written; unknown fields are ignored when read.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // These bytes are never part of a page: a plus sign in a time may stay one.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
        };
        options.Converters.Add(new InstantConverter());
        options.TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver();
        options.MakeReadOnly();
        return options;
    }

    /// <summary>The object as UTF-8 JSON.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Whether it is JSON whose every text can be read: half a surrogate pair and bytes that are no UTF-8 parse, and throw later.</summary>
    public static bool IsReadable(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The caller says what a malformed message means.
            return false;
        }
    }

    /// <summary>Reads UTF-8 JSON; null where it is none, has a text that can't be read, or lacks a required field.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json) where T : class
    {
        try
        {
            return IsReadable(json) ? JsonSerializer.Deserialize<T>(json, Options) : null;
        }
        catch (JsonException)
        {
            // The caller says what a malformed message means; there is no more to know than that it is one.
            return null;
        }
    }

    /// <summary>An instant in RFC 3339 with milliseconds and its offset.</summary>
    public static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
