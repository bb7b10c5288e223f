using System.Globalization;
using System.Text.Json;
using Reception.Protocol;

namespace Reception.Receiver;

/// <summary>A batch is taken whole or refused whole: one event that is not as agreed refuses it, with the reason.</summary>
internal static class ReadBatch
{
    private const int MostEvents = 100;
    private const string TypePrefix = "vn.reception.";

    public static (IReadOnlyList<ProvinceEvent> Events, string? Refusal) Read(ReadOnlyMemory<byte> body)
    {
        JsonElement batch;
        try
        {
            using var document = JsonDocument.Parse(body);
            batch = document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            return ([], $"The body is no JSON: {problem.Message}");
        }

        if (batch.ValueKind != JsonValueKind.Array)
        {
            return ([], "The body is no JSON array of events.");
        }

        if (batch.GetArrayLength() > MostEvents)
        {
            return ([], $"The batch has {batch.GetArrayLength()} events; at most {MostEvents} are taken.");
        }

        var events = new List<ProvinceEvent>(batch.GetArrayLength());
        foreach (var json in batch.EnumerateArray())
        {
            if (!TryRead(json, out var one, out var fault))
            {
                return ([], $"Event {events.Count} of the batch: {fault}");
            }

            events.Add(one);
        }

        return (events, null);
    }

    private static bool TryRead(JsonElement json, out ProvinceEvent one, out string fault)
    {
        one = null!;
        fault = "";
        if (json.ValueKind != JsonValueKind.Object)
        {
            fault = "it is no JSON object.";
        }
        else if (Text(json, "specversion") != "1.0")
        {
            fault = "specversion is not 1.0.";
        }
        else if (Text(json, "id") is not { Length: > 0 } id)
        {
            fault = "id is missing.";
        }
        else if (Text(json, "source") is not { Length: > 0 } source)
        {
            fault = "source is missing.";
        }
        else if (Text(json, "type") is not { } type || !type.StartsWith(TypePrefix, StringComparison.Ordinal))
        {
            fault = $"type does not start with {TypePrefix}.";
        }
        else if (!Instants.TryRead(Text(json, "time"), out var time))
        {
            fault = "time is no RFC 3339 time.";
        }
        else if (Text(json, "subject") is not { Length: > 0 } subject)
        {
            fault = "subject is missing.";
        }
        else if (Text(json, "datacontenttype") != "application/json")
        {
            fault = "datacontenttype is not application/json.";
        }
        else if (Number(json, "sequence") is not { } sequence)
        {
            fault = "sequence is no string of decimal digits.";
        }
        else if (json.TryGetProperty("after", out _) && Number(json, "after") is null)
        {
            fault = "after is no string of decimal digits.";
        }
        else if (json.TryGetProperty("journal", out _) && !Guid.TryParseExact(Text(json, "journal"), "D", out _))
        {
            fault = "journal is no UUID.";
        }
        else if (Text(json, "chain") is not { Length: 64 } chain || !chain.All(char.IsAsciiHexDigit))
        {
            fault = "chain is no hash of 64 hexadecimal digits.";
        }
        else if (!json.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            fault = "data is no JSON object.";
        }
        else
        {
            one = new ProvinceEvent(id, source, type[TypePrefix.Length..], time, subject, sequence, Number(json, "after"), Text(json, "journal"), json);
            return true;
        }

        return false;
    }

    private static long? Number(JsonElement json, string name) =>
        long.TryParse(Text(json, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
