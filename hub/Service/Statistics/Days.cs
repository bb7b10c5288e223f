using System.Globalization;

namespace Reception.Hub.Statistics;

/// <summary>Business days as the read tables keep them: <c>yyyymmdd</c>.</summary>
internal static class Days
{
    public static long Key(DateOnly day) => day.Year * 10_000L + day.Month * 100 + day.Day;

    public static DateOnly Day(long key) => new((int)(key / 10_000), (int)(key / 100 % 100), (int)(key % 100));

    /// <summary>Reads <c>2026-11-01</c>.</summary>
    public static bool TryRead(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
