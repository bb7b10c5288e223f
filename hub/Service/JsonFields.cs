using System.Text.Json;

namespace Reception.Hub;

/// <summary>Reads the fields of a JSON object from outside, and notes the first that is missing or wrong.</summary>
internal sealed class JsonFields(JsonElement json)
{
    private string? _wrong;

    public bool IsWrong => _wrong is not null;

    /// <summary>The first field that was missing or wrong.</summary>
    public string Wrong => _wrong ?? "";

    public string? Text(string name, Func<string, bool>? allowed = null) =>
        Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && (allowed?.Invoke(text) ?? true)
            ? text
            : Miss<string>(name);

    public string? OptionalText(string name, Func<string, bool>? allowed = null) => IsAbsent(name) ? null : Text(name, allowed);

    public Guid? Id(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value && Guid.TryParseExact(value.GetString(), "D", out var id)
            ? id
            : MissValue<Guid>(name);

    public Guid? OptionalId(string name) => IsAbsent(name) ? null : Id(name);

    public bool? Flag(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => MissValue<bool>(name),
    };

    public bool? OptionalFlag(string name) => IsAbsent(name) ? null : Flag(name);

    public int? Number(string name, int least, int most) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : MissValue<int>(name);

    public int? OptionalNumber(string name, int least, int most) => IsAbsent(name) ? null : Number(name, least, most);

    public T? Code<T>(string name, Func<string?, T?> read) where T : struct =>
        Find(name) is { ValueKind: JsonValueKind.String } value && read(value.GetString()) is { } code ? code : MissValue<T>(name);

    public T? OptionalCode<T>(string name, Func<string?, T?> read) where T : struct => IsAbsent(name) ? null : Code(name, read);

    /// <summary>A list of texts; an absent one is empty.</summary>
    public IReadOnlyList<string> OptionalTexts(string name, int most)
    {
        if (IsAbsent(name))
        {
            return [];
        }

        if (Find(name) is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() <= most
            && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return [.. array.EnumerateArray().Select(item => item.GetString()!)];
        }

        Miss<string>(name);
        return [];
    }

    /// <summary>A list of objects; an absent one is empty.</summary>
    public IReadOnlyList<JsonElement> OptionalObjects(string name, int most)
    {
        if (IsAbsent(name))
        {
            return [];
        }

        if (Find(name) is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() <= most
            && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object))
        {
            return [.. array.EnumerateArray()];
        }

        Miss<string>(name);
        return [];
    }

    /// <summary>Notes a field as wrong.</summary>
    public void Reject(string name) => _wrong ??= name;

    private bool IsAbsent(string name) => Find(name) is not { } value || value.ValueKind == JsonValueKind.Null;

    private JsonElement? Find(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A field that is wrong together with others.</summary>
    public void Demand(string name, bool isRight)
    {
        if (!isRight)
        {
            Miss<string>(name);
        }
    }

    private T? Miss<T>(string name) where T : class
    {
        _wrong ??= name;
        return null;
    }

    private T? MissValue<T>(string name) where T : struct
    {
        _wrong ??= name;
        return null;
    }
}
