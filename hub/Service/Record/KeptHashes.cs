using System.Globalization;
using System.Text.Json;

namespace Reception.Hub.Record;

/// <summary>
/// Hashes of the journal that somebody else has kept: the province's events (a JSON array of CloudEvents, or one to a line), or lines of a
/// business day and the code of its printed sheet, such as <c>2026-11-23 3f2a-90bc-11d7-0a4e</c>.
/// </summary>
internal sealed class KeptHashes
{
    private const int FewestDigits = 16;

    private readonly Dictionary<long, byte[]> _bySequence = [];
    private readonly Dictionary<DateOnly, string> _byDay = [];

    private KeptHashes(string source) => Source = source;

    /// <summary>Where they come from, for a finding.</summary>
    public string Source { get; }

    public IEnumerable<long> Sequences => _bySequence.Keys.Order();

    public IEnumerable<DateOnly> Days => _byDay.Keys.Order();

    public byte[]? Of(long sequence) => _bySequence.GetValueOrDefault(sequence);

    public string? Of(DateOnly day) => _byDay.GetValueOrDefault(day);

    /// <summary>Reads a file; what can't be read is one line that names the place.</summary>
    public static KeptHashes Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartException($"--against: {path}: {exception.Message}");
        }
    }

    public static KeptHashes Parse(string text, string source)
    {
        var kept = new KeptHashes(source);
        if (text.TrimStart().StartsWith('['))
        {
            using var events = JsonDocument.Parse(text);
            foreach (var one in events.RootElement.EnumerateArray())
            {
                kept.Add(one, source);
            }

            return kept;
        }

        foreach (var (line, number) in text.Split('\n', StringSplitOptions.TrimEntries).Select((line, index) => (line, index + 1)).Where(line => line.line.Length > 0))
        {
            if (line.StartsWith('{'))
            {
                using var one = JsonDocument.Parse(line);
                kept.Add(one.RootElement, $"{source}, line {number}");
                continue;
            }

            var parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            var code = parts.Length == 2 ? parts[1].Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() : "";
            if (!DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                || code.Length is < FewestDigits or > 64 || !code.All(char.IsAsciiHexDigit))
            {
                throw new StartException($"--against: {source}, line {number}: '{line}' is not a day and its code; write such as 2026-11-23 3f2a-90bc-11d7-0a4e.");
            }

            kept._byDay[day] = code;
        }

        return kept;
    }

    private void Add(JsonElement happened, string where)
    {
        if (happened.ValueKind != JsonValueKind.Object
            || !happened.TryGetProperty("sequence", out var sequence) || !long.TryParse(sequence.ToString(), CultureInfo.InvariantCulture, out var number)
            || !happened.TryGetProperty("chain", out var chain) || chain.ValueKind != JsonValueKind.String
            || chain.GetString() is not { Length: 64 } hex || !hex.All(char.IsAsciiHexDigit))
        {
            throw new StartException($"--against: {where}: an event has no sequence and chain.");
        }

        _bySequence[number] = Convert.FromHexString(hex);
    }
}
