using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>Something a leader may want to look at again. The machine points it out and corrects nothing.</summary>
public abstract record UnusualPattern(DateOnly Day);

/// <summary>Top marks one after the other at a counter, each within seconds of the finish; <c>Usual</c> is the middle half of the period's delays.</summary>
public sealed record TopMarkBurst(DateOnly Day, int Counter, int Presses, DateTimeOffset First, DateTimeOffset Last, (int Low, int High)? Usual)
    : UnusualPattern(Day);

/// <summary>Presses at a counter while it served nobody.</summary>
public sealed record EmptyCounterPresses(DateOnly Day, int Counter, int Presses, DateTimeOffset First, DateTimeOffset Last) : UnusualPattern(Day);

/// <summary>An officer whose citizens press clearly less often than those of the whole hall.</summary>
public sealed record LowResponse(DateOnly Day, string Officer, double Share, double HallShare) : UnusualPattern(Day);

/// <summary>
/// Patterns in the presses of the last 31 days of a period: they are read from the rows, not the roll-ups, and a leader asks about
/// what is recent.
/// </summary>
internal static class UnusualPatterns
{
    public const int DaysLookedAt = 31;

    /// <summary>A citizen who is handed a paper, reads five faces and presses one needs longer.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(10);
    private const int BurstPresses = 5;
    private const int EmptyPresses = 3;
    private const int ServedToJudge = 30;
    private const double ClearlyLower = 0.05;

    public static IReadOnlyList<UnusualPattern> Read(SqliteConnection connection, DayRange days, IReadOnlyList<OfficerFigures> officers, TimeZoneInfo zone)
    {
        var recent = days.Count > DaysLookedAt ? days with { From = days.To.AddDays(1 - DaysLookedAt) } : days;
        var range = new { from = recent.FromKey, to = recent.ToKey };
        var presses = connection.Query<PressRow>(
            """
            SELECT rating.day, rating.counter, rating.first_at AS at, rating.level, stay.ended_at AS endedAt
            FROM rating JOIN stay ON stay.id = rating.stay
            WHERE rating.day BETWEEN @from AND @to AND rating.attributed = 1
            ORDER BY rating.counter, rating.first_at
            """, range).AsList();
        var strays = connection.Query<PressRow>(
            """
            SELECT day, counter, at, level, NULL AS endedAt
            FROM rating
            WHERE day BETWEEN @from AND @to AND attributed = 0
              AND NOT EXISTS (SELECT 1 FROM stay WHERE stay.day = rating.day AND stay.counter = rating.counter
                              AND stay.called_at <= rating.at AND (stay.ended_at IS NULL OR stay.ended_at >= rating.at))
            ORDER BY counter, at
            """, range).AsList();

        return
        [
            .. Bursts(presses, zone).Cast<UnusualPattern>()
                .Concat(EmptyCounters(strays, zone))
                .OrderByDescending(pattern => pattern.Day),
            .. LowResponses(officers, days),
        ];
    }

    private static IEnumerable<TopMarkBurst> Bursts(List<PressRow> presses, TimeZoneInfo zone)
    {
        var delays = presses.Where(press => press.SecondsAfterFinish >= 0).Select(press => press.SecondsAfterFinish!.Value).Order().ToList();
        (int, int)? usual = delays.Count >= 4 ? ((int)delays[delays.Count / 4], (int)delays[delays.Count * 3 / 4]) : null;
        return Runs(presses, (last, press) => last.Counter == press.Counter && last.Day == press.Day && IsSoonAndTop(last) && IsSoonAndTop(press))
            .Where(run => run.Count >= BurstPresses)
            .Select(run => new TopMarkBurst(Days.Day(run[0].Day), (int)run[0].Counter, run.Count, Instant(run[0].At, zone), Instant(run[^1].At, zone), usual));
    }

    private static bool IsSoonAndTop(PressRow press) =>
        press.Level == Protocol.Levels.Highest && press.SecondsAfterFinish >= 0 && press.SecondsAfterFinish <= TooSoon.TotalSeconds;

    private static IEnumerable<EmptyCounterPresses> EmptyCounters(List<PressRow> strays, TimeZoneInfo zone) =>
        Runs(strays, (last, press) => last.Counter == press.Counter && last.Day == press.Day && press.At - last.At <= Together.TotalMilliseconds)
            .Where(run => run.Count >= EmptyPresses)
            .Select(run => new EmptyCounterPresses(
                Days.Day(run[0].Day), (int)run[0].Counter, run.Count, Instant(run[0].At, zone), Instant(run[^1].At, zone)));

    private static IEnumerable<LowResponse> LowResponses(IReadOnlyList<OfficerFigures> officers, DayRange days)
    {
        var hall = officers.Aggregate(new Tally(), (sum, officer) => sum + officer.Tally);
        return hall.ResponseRate is not { } hallShare
            ? []
            : officers
                .Where(officer => officer.Tally.Served >= ServedToJudge
                    && officer.Tally.ResponseRate < hallShare - ClearlyLower
                    && Wilson.Of(Math.Min(officer.Tally.Levels.Rated, officer.Tally.Served), officer.Tally.Served)!.Value.Upper < hallShare)
                .OrderBy(officer => officer.Tally.ResponseRate)
                .Select(officer => new LowResponse(days.From, officer.Officer, officer.Tally.ResponseRate!.Value, hallShare));
    }

    private static List<List<PressRow>> Runs(List<PressRow> presses, Func<PressRow, PressRow, bool> follows)
    {
        List<List<PressRow>> runs = [];
        foreach (var press in presses)
        {
            if (runs.Count > 0 && follows(runs[^1][^1], press))
            {
                runs[^1].Add(press);
            }
            else
            {
                runs.Add([press]);
            }
        }

        return runs;
    }

    private static DateTimeOffset Instant(long at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone);

    private sealed record PressRow
    {
        public long Day { get; init; }
        public long Counter { get; init; }
        public long At { get; init; }
        public long Level { get; init; }
        public long? EndedAt { get; init; }

        public double? SecondsAfterFinish => (At - EndedAt) / 1000.0;
    }
}
