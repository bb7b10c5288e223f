using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Reception.Theme;

/// <summary>The strings of one language, and how it writes numbers, dates and times. Instants are given in the hall's own zone.</summary>
public sealed class Words
{
    private static readonly JsonSerializerOptions ForScripts = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly FrozenDictionary<string, string> _texts;

    internal Words(string language, FrozenDictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
        var english = language == "en";
        Culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        Culture.NumberFormat.NumberGroupSeparator = english ? "," : ".";
        Culture.NumberFormat.NumberDecimalSeparator = english ? "." : ",";
    }

    /// <summary><c>vi</c> or <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>The separators of the language; the same on every machine, whatever it has of ICU.</summary>
    public CultureInfo Culture { get; }

    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>The text of a key. A key that does not exist is a bug, and throws.</summary>
    public string this[string key] => _texts.TryGetValue(key, out var text)
        ? text
        : throw new KeyNotFoundException($"The strings in '{Language}' have no '{key}'.");

    /// <summary>The text of a key with <c>{0}</c>, <c>{1}</c> … filled in; whole numbers are grouped.</summary>
    public string this[string key, params object[] values] =>
        string.Format(Culture, this[key], [.. values.Select(value => value is int or long ? Number(Convert.ToInt64(value, Culture)) : value)]);

    /// <summary>The text for a count, which is also <c>{0}</c>: <c>key.one</c> for 1 where the language has it, else <c>key</c>.</summary>
    public string Count(string key, int count) => count == 1 && _texts.ContainsKey(key + ".one") ? this[key + ".one", count] : this[key, count];

    /// <summary>All texts whose keys start with <c>prefix.</c>, without it, as a JSON object for a script.</summary>
    public string Script(string prefix) => JsonSerializer.Serialize(
        _texts.Where(pair => pair.Key.StartsWith(prefix + ".", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[(prefix.Length + 1)..], pair => pair.Value),
        ForScripts);

    /// <summary><c>1.856</c>, or <c>95,95</c> with two decimals.</summary>
    public string Number(double value, int decimals = 0) => value.ToString("N" + decimals, Culture);

    /// <summary>A share of 1 as <c>95,95 %</c>, in English <c>95.95%</c>.</summary>
    public string Percent(double share, int decimals = 1) => Number(share * 100, decimals) + (Language == "en" ? "%" : "\u00a0%");

    /// <summary><c>23/11/2026</c>.</summary>
    public string Date(DateOnly day) => day.ToString("dd'/'MM'/'yyyy", Culture);

    /// <summary><c>Thứ Hai, 23/11/2026</c>.</summary>
    public string LongDate(DateOnly day) => $"{this["weekday." + (int)day.DayOfWeek]}, {Date(day)}";

    /// <summary><c>10:42</c>.</summary>
    public string Time(DateTimeOffset instant) => instant.ToString("HH':'mm", Culture);

    /// <summary><c>10:42:07</c>.</summary>
    public string TimeWithSeconds(DateTimeOffset instant) => instant.ToString("HH':'mm':'ss", Culture);

    /// <summary><c>23/11/2026 10:42</c>.</summary>
    public string DateAndTime(DateTimeOffset instant) => instant.ToString("dd'/'MM'/'yyyy HH':'mm", Culture);

    /// <summary>Whole minutes as a person says them: <c>dưới 1 phút</c>, <c>12 phút</c>.</summary>
    public string Minutes(TimeSpan span) => span < TimeSpan.FromMinutes(1) ? this["minutes.none"] : Count("minutes", (int)span.TotalMinutes);
}
