using System.Globalization;
using Reception.Hub.Appointments;
using Reception.Hub.Certificates;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>Parts of the set-up, such as <c>services.HT.quota.morning</c>, as an administrator reads them.</summary>
internal static class PartWords
{
    public static string Of(string part, Names names, Words words)
    {
        var steps = part.Split('.');
        var (whose, fields) = Owner(part, steps, names, words);
        return fields.Count == 0 ? whose : $"{whose}: {string.Join(", ", fields.Select(step => Word("admin.part." + step, step, words)))}";
    }

    /// <summary>A kept value in words, where it has some.</summary>
    public static string? Value(string part, string? value, Names names, Words words) => value switch
    {
        null => null,
        "true" or "false" => words["admin.value." + value],
        _ when part.EndsWith(".role", StringComparison.Ordinal) => Word("admin.role." + value, value, words),
        _ when part.EndsWith(".order", StringComparison.Ordinal) => Word("admin.counters." + value, value, words),
        _ when part.EndsWith(".services", StringComparison.Ordinal) => string.Join(", ", value.Split(", ").Select(names.Service)),
        _ when part == KeepAppointments.Part && value.Split('/') is [var taken, var all] && int.TryParse(taken, out var count) && int.TryParse(all, out var lines) =>
            words["admin.value.list", count, lines - count],
        _ when part.StartsWith(RemoveAppointment.PartOf(""), StringComparison.Ordinal) && value.Split(' ') is [var at, var service]
            && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var booked) => $"{words.DateAndTime(booked)}, {names.Service(service)}",
        _ when part == "openingHours.days" => string.Join(", ", value.Split(", ").Select(day => Day(day, words))),
        _ => value,
    };

    // What has no page, such as a procedure, is shown as the hall file names it.
    private static (string Whose, IReadOnlyList<string> Fields) Owner(string part, string[] steps, Names names, Words words) => steps switch
    {
        ["services", var code, .. var fields] => (words["admin.part.service", names.Service(code)], fields),
        ["counters", var number, .. var fields] when int.TryParse(number, CultureInfo.InvariantCulture, out var known) => (names.Counter(known), fields),
        ["officers", var code, .. var fields] => (names.Officer(code), fields),
        ["devices", var id, .. var fields] => (words["admin.part.device", id], [.. fields.Select(field => "device." + field)]),
        ["holidays", var day, .. var fields] when DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var date) => (words["admin.part.holiday", words.Date(date)], fields),
        ["appointments", "list"] => (words["admin.part.list"], []),
        ["appointments", var code] when code.All(char.IsAsciiDigit) => (words["admin.part.appointment", code], []),
        ["appointments", .. var fields] => (words["admin.part.appointments"], fields),
        ["openingHours", .. var fields] => (words["admin.hours"], fields),
        [ChangeCertificate.Part] => (words["admin.part.certificate"], []),
        ["lanes", .. var fields] => (words["admin.lanes"], fields),
        _ => (part, []),
    };

    private static string Day(string code, Words words) =>
        Array.IndexOf(EditHours.Days, code) is >= 0 and var index ? words["weekday." + ((index + 1) % EditHours.Days.Length)] : code;

    private static string Word(string key, string otherwise, Words words) => words.Keys.Contains(key) ? words[key] : otherwise;
}
