namespace Reception.Hub.Journal;

/// <summary>One row of the journal.</summary>
/// <param name="At">UTC milliseconds.</param>
/// <param name="Day">The business day as yyyymmdd.</param>
internal sealed record JournalRow(long Sequence, long At, int Day, string Kind, string Body, byte[] Chain);

/// <summary>A business day as the tables write it: yyyymmdd.</summary>
internal static class DayNumber
{
    public static int Of(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;

    public static DateOnly ToDay(int number) => new(number / 10000, number / 100 % 100, number % 100);
}
