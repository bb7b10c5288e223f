using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// Checks JSON against a schema of an OpenAPI document, as far as the hub's schemas go. A field that the schema does not name is a fault
/// here: what a document leaves out nobody can read in it.
/// </summary>
internal sealed class JsonCheck(JsonElement document)
{
    private readonly List<string> _faults = [];

    public static IReadOnlyList<string> Faults(JsonElement document, JsonElement schema, JsonElement value)
    {
        var check = new JsonCheck(document);
        check.Check(schema, value, "$");
        return check._faults;
    }

    /// <summary>What a reference of the document leads to, or the element itself.</summary>
    public static JsonElement Resolve(JsonElement document, JsonElement element) => element.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name))
        : element;

    private void Check(JsonElement schema, JsonElement value, string at)
    {
        schema = Resolve(document, schema);
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            var faults = choices.EnumerateArray().Select(choice => Faults(document, choice, value)).ToList();
            var isOne = faults.Count(one => one.Count == 0) == 1;
            Demand(isOne, at, $"none or several of oneOf: {string.Join("; ", faults.SelectMany(one => one))}");
            return;
        }

        Demand(HasType(schema, value), at, $"{value.ValueKind} is not {(schema.TryGetProperty("type", out var type) ? type : "typed")}");
        var isAllowed = !schema.TryGetProperty("enum", out var allowed)
            || allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value));
        Demand(isAllowed, at, $"{value} is not in the enum");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, at);
                break;
            case JsonValueKind.Array:
                Demand(InBounds(schema, "minItems", "maxItems", value.GetArrayLength()), at, "wrong number of items");
                foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
                {
                    Check(schema.GetProperty("items"), item, $"{at}[{index}]");
                }

                break;
            case JsonValueKind.String:
                CheckText(schema, value.GetString()!, at);
                break;
            case JsonValueKind.Number:
                Demand(InBounds(schema, "minimum", "maximum", value.GetDouble()), at, $"{value} is out of bounds");
                break;
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(one => one.GetString()!))
            {
                Demand(value.TryGetProperty(name, out _), at, $"{name} is missing");
            }
        }

        foreach (var field in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var fields) && fields.TryGetProperty(field.Name, out var of))
            {
                Check(of, field.Value, $"{at}.{field.Name}");
            }
            else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
            {
                Check(others, field.Value, $"{at}.{field.Name}");
            }
            else
            {
                Demand(false, at, $"{field.Name} is not described");
            }
        }
    }

    private void CheckText(JsonElement schema, string text, string at)
    {
        var isOfForm = !schema.TryGetProperty("pattern", out var pattern) || Regex.IsMatch(text, pattern.GetString()!);
        Demand(isOfForm, at, $"'{text}' does not match");
        Demand(InBounds(schema, "minLength", "maxLength", text.Length), at, "wrong length");
        var format = schema.TryGetProperty("format", out var named) ? named.GetString() : null;
        Demand(format switch
        {
            null => true,
            "uuid" => Guid.TryParseExact(text, "D", out var id) && text == $"{id}",
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => DateTimeOffset.TryParseExact(
                text, "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uri-reference" => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute),
            _ => false,
        }, at, $"'{text}' is no {format}");
    }

    private static bool HasType(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return true;
        }

        var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().ToList() : [type];
        return types.Any(one => (one.GetString(), value.ValueKind) switch
        {
            ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array)
                or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number)
                or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            _ => false,
        });
    }

    private static bool InBounds(JsonElement schema, string least, string most, double value) =>
        (!schema.TryGetProperty(least, out var from) || value >= from.GetDouble())
        && (!schema.TryGetProperty(most, out var to) || value <= to.GetDouble());

    private void Demand(bool isRight, string at, string fault)
    {
        if (!isRight)
        {
            _faults.Add($"{at}: {fault}");
        }
    }
}
