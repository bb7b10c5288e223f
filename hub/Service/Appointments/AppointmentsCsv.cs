using System.Globalization;
using System.Text;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Protocol;

namespace Reception.Hub.Appointments;

/// <summary>Reads a list as spreadsheets save it: time, service and code, with comma, semicolon or tab between them; a first line of headings is passed over.</summary>
internal static class AppointmentsCsv
{
    public const int MostLines = 5000;

    private static readonly string[] Times =
    [
        "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss", "d-M-yyyy H:mm", "H:mm d/M/yyyy", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d'T'H:mm", "yyyy-M-d'T'H:mm:ss",
    ];

    /// <summary>The lines, at most one more than are allowed; empty ones are passed over and counted.</summary>
    public static IReadOnlyList<AppointmentLine> Read(string text, HallSetup setup)
    {
        var lines = new List<AppointmentLine>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Normalize().Split('\n').Select(line => line.TrimEnd('\r')))
        {
            number++;
            var fields = Fields(line);
            var isHead = lines.Count == 0 && !line.Any(char.IsAsciiDigit);
            if (fields.TrueForAll(string.IsNullOrEmpty) || isHead)
            {
                continue;
            }

            string Field(int index) => index < fields.Count ? fields[index] : "";
            lines.Add(new AppointmentLine(number, Time(Field(0), setup.Zone), Service(Field(1), setup), CheckIn.CodeOf(Field(2))));
            if (lines.Count > MostLines)
            {
                break;
            }
        }

        return lines;
    }

    /// <summary>The fields of a line, between whichever separator comes first in it and outside of quotation marks.</summary>
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (quoted, separator) = (false, '\0');
        foreach (var character in line)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (separator == '\0' ? character is ',' or ';' or '\t' : character == separator))
            {
                separator = character;
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(character);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }

    /// <summary>A time of the hall's own clock, or one with its offset; null where it is none.</summary>
    public static DateTimeOffset? Time(string text, TimeZoneInfo zone) =>
        DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local)
            ? zone.IsInvalidTime(local) ? null : new DateTimeOffset(local, zone.GetUtcOffset(local))
            : Instants.TryRead(text, out var instant) ? instant : null;

    /// <summary>The service's code, where the list has its name.</summary>
    private static string Service(string text, HallSetup setup) =>
        setup.File.Services.FirstOrDefault(service => service.Code.Equals(text, StringComparison.OrdinalIgnoreCase)
            || service.Name.Equals(text, StringComparison.OrdinalIgnoreCase) || text.Equals(service.English, StringComparison.OrdinalIgnoreCase))?.Code ?? text;
}
