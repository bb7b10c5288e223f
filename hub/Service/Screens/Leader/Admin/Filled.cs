using System.Globalization;
using System.Text;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>A form as it stands or as a person filled it in, and what is wrong with it, in words beside each field.</summary>
public sealed class Filled
{
    private readonly Dictionary<string, string> _values;
    private readonly Dictionary<string, string> _faults = [];
    private readonly Words _words;

    /// <summary>A form with the values that are in force.</summary>
    public Filled(Words words, IEnumerable<(string Field, object? Value)> values)
    {
        _words = words;
        _values = values.ToDictionary(one => one.Field, one => Convert.ToString(one.Value, CultureInfo.InvariantCulture) ?? "");
    }

    /// <summary>A form that came: texts are trimmed, and their diacritics in one form.</summary>
    public Filled(Words words, IFormCollection form)
        : this(words, form.Select(field => (field.Key, (object?)field.Value.ToString().Trim().Normalize(NormalizationForm.FormC))))
    {
    }

    public string this[string field] => _values.GetValueOrDefault(field, "");

    public bool IsRight => _faults.Count == 0;

    /// <summary>What is wrong with the whole, not with one field.</summary>
    public string? Whole => Fault("");

    /// <summary>The first field that is wrong: the reader is led there.</summary>
    public string? FirstWrong => _faults.Keys.FirstOrDefault(name => name.Length > 0);

    public bool Is(string field) => this[field] == "on";

    public string? Fault(string field) => _faults.GetValueOrDefault(field);

    /// <summary>Notes what is wrong with a field, the first finding alone; with none, what is wrong with the whole.</summary>
    public void Wrong(string field, string words) => _faults.TryAdd(field, words);

    /// <summary>A text that must be there.</summary>
    public string Text(string field, int longest)
    {
        if (this[field].Length == 0)
        {
            Wrong(field, _words["admin.wrong.empty"]);
        }

        return Optional(field, longest) ?? "";
    }

    /// <summary>A text, or null where the field is empty.</summary>
    public string? Optional(string field, int longest)
    {
        var text = this[field];
        if (text.Length > longest)
        {
            Wrong(field, _words["admin.wrong.long", longest]);
        }

        if (!VisibleText.Is(text))
        {
            Wrong(field, _words["admin.wrong.control"]);
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>A whole number within bounds, or null where the field is empty.</summary>
    public int? Number(string field, int least, int most)
    {
        if (this[field].Length == 0)
        {
            return null;
        }

        if (int.TryParse(this[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(field, _words["admin.wrong.number", least, most]);
        return null;
    }

    /// <summary>A whole number that must be there.</summary>
    public int Needed(string field, int least, int most)
    {
        if (this[field].Length == 0)
        {
            Wrong(field, _words["admin.wrong.empty"]);
        }

        return Number(field, least, most) ?? least;
    }

    /// <summary>A time of day such as <c>07:30</c>, or null where the field is empty; <c>7:30</c> is understood.</summary>
    public TimeOnly? Time(string field)
    {
        if (this[field].Length == 0)
        {
            return null;
        }

        if (TimeOnly.TryParseExact(this[field], ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        Wrong(field, _words["admin.wrong.time"]);
        return null;
    }
}
