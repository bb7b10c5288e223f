using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hub.Journal;

namespace Reception.Hub.Statistics;

/// <summary>
/// Patterns in the presses of a period. Those of one day are looked for in the last 31 days, because a leader asks about what is
/// recent; those of an officer in the whole period. Roll-ups say where to look, and only the rows of what is found are read.
/// </summary>
internal static class UnusualPatterns
{
    public const int DaysLookedAt = 31;

    /// <summary>Where one rating in ten is a quick top mark, five in a row come by chance once in 100,000 ratings.</summary>
    private const int BurstPresses = 5;

    /// <summary>One press at the start may be a child's or a slip of a hand; five on one day are not.</summary>
    private const int StartPresses = 5;

    /// <summary>A press at an empty counter may be a cleaner's; three within ten minutes are worth a look.</summary>
    private const int EmptyPresses = 3;
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(10);

    /// <summary>As for a rank: fewer say too little of an officer.</summary>
    private const int VisitsToJudge = 30;

    /// <summary>Among 48 officers a 95 % interval misses by chance for one or two; five points more, and it is for none.</summary>
    private const double Clearly = 0.05;

    /// <summary>So improbable by chance that among 48 officers it is seen once in 20 periods at most.</summary>
    private const double Improbable = 0.001;

    public static IReadOnlyList<UnusualPattern> Read(SqliteConnection connection, DayRange days, IReadOnlyList<OfficerFigures> officers, TimeZoneInfo zone)
    {
        var recent = days.Count > DaysLookedAt ? days with { From = days.To.AddDays(1 - DaysLookedAt) } : days;
        return
        [
            .. OfVisits(connection, recent, zone)
                .Concat(EmptyCounters(connection, recent, zone))
                .Concat(Late(connection, recent, zone))
                .Concat(Sessions(connection, recent, zone))
                .OrderByDescending(pattern => pattern.Day),
            .. Early(connection, days),
            .. OneLevel(officers, days),
            .. LowResponses(officers, days),
        ];
    }

    /// <summary>Bursts after the finish, and presses at the start.</summary>
    private static IEnumerable<UnusualPattern> OfVisits(SqliteConnection connection, DayRange days, TimeZoneInfo zone)
    {
        var range = new { from = days.FromKey, to = days.ToKey, burst = BurstPresses, start = StartPresses };
        var (rated, afterStart, afterFinish) = connection.QuerySingle<(long, long, long)>(
            """
            SELECT coalesce(sum(rated), 0), coalesce(sum(after_start), 0), coalesce(sum(after_finish), 0)
            FROM press_day WHERE day BETWEEN @from AND @to
            """, range);
        var presses = connection.Query<PressRow>(
            $"""
            SELECT rating.day, rating.counter, rating.officer, rating.first_at AS at, coalesce({PressTiming.AfterStart}, 0) AS afterStart,
                   coalesce({PressTiming.AfterFinish}, 0) AS afterFinish
            FROM press_day
            CROSS JOIN rating ON rating.day = press_day.day AND rating.officer = press_day.officer
            CROSS JOIN stay ON stay.id = rating.stay
            WHERE press_day.day BETWEEN @from AND @to AND (press_day.longest_burst >= @burst OR press_day.after_start >= @start)
            ORDER BY rating.day, rating.officer, rating.counter, rating.first_at, rating.id
            """, range).AsList();

        var bursts = Runs(presses, (last, press) => IsSamePlace(last, press) && last.AfterFinish && press.AfterFinish)
            .Where(run => run.Count >= BurstPresses)
            .Select(UnusualPattern (run) => new TopMarkBurst(
                run[0].On, (int)run[0].Counter, run[0].Officer, run.Count, Instant(run[0].At, zone), Instant(run[^1].At, zone), (double)afterFinish / rated));
        var starts = Runs([.. presses.Where(press => press.AfterStart)], IsSamePlace)
            .Where(run => run.Count >= StartPresses)
            .Select(UnusualPattern (run) => new PressesAfterStart(
                run[0].On, (int)run[0].Counter, run[0].Officer, run.Count, Instant(run[0].At, zone), Instant(run[^1].At, zone), (double)afterStart / rated));
        return bursts.Concat(starts);
    }

    private static IEnumerable<UnusualPattern> EmptyCounters(SqliteConnection connection, DayRange days, TimeZoneInfo zone)
    {
        var strays = connection.Query<PressRow>(
            $"""
            SELECT day, counter, first_at AS at FROM rating
            WHERE day BETWEEN @from AND @to AND counter IS NOT NULL AND {PressTiming.EmptyCounter}
            ORDER BY day, counter, first_at
            """, new { from = days.FromKey, to = days.ToKey }).AsList();
        return Runs(strays, (last, press) => IsSamePlace(last, press) && press.At - last.At <= Together.TotalMilliseconds)
            .Where(run => run.Count >= EmptyPresses)
            .Select(run => new EmptyCounterPresses(
                run[0].On, (int)run[0].Counter, run.Count, Instant(run[0].At, zone), Instant(run[^1].At, zone), strays.Count));
    }

    /// <summary>Every late press is told: it belongs to nobody, and the reason is known to nobody.</summary>
    private static IEnumerable<UnusualPattern> Late(SqliteConnection connection, DayRange days, TimeZoneInfo zone)
    {
        var late = connection.Query<DeviceRow>(
            """
            SELECT day, device, counter, count(*) AS times, min(first_at) AS firstAt, max(first_at) AS lastAt
            FROM rating WHERE attributed = 0 AND late = 1 AND day BETWEEN @from AND @to
            GROUP BY day, device, counter ORDER BY day, device, counter
            """, new { from = days.FromKey, to = days.ToKey }).AsList();
        var inHall = (int)late.Sum(row => row.Times);
        return late.Select(row => new LatePresses(
            Days.Day(row.Day), row.Device, (int?)row.Counter, (int)row.Times, Instant(row.FirstAt, zone), Instant(row.LastAt, zone), inHall));
    }

    private static IEnumerable<UnusualPattern> Sessions(SqliteConnection connection, DayRange days, TimeZoneInfo zone) =>
        connection.Query<DeviceRow>(
            """
            SELECT day, device, counter, address, other_address AS otherAddress, sign_ins AS times, first_at AS firstAt, last_at AS lastAt
            FROM second_session WHERE day BETWEEN @from AND @to
            """, new { from = days.FromKey, to = days.ToKey })
            .GroupBy(row => (row.Day, row.Device))
            .Select(rows => new TwoSessions(
                Days.Day(rows.Key.Day),
                rows.Key.Device,
                (int?)rows.Last().Counter,
                (int)rows.Sum(row => row.Times),
                Instant(rows.Min(row => row.FirstAt), zone),
                Instant(rows.Max(row => row.LastAt), zone),
                [.. rows.SelectMany(row => new[] { row.OtherAddress, row.Address }).Distinct()]));

    private static IEnumerable<EarlyPresses> Early(SqliteConnection connection, DayRange days)
    {
        var officers = connection.Query<(string Officer, long Rated, long Early)>(
            "SELECT officer, sum(rated), sum(before_finish) FROM press_day WHERE day BETWEEN @from AND @to GROUP BY officer",
            new { from = days.FromKey, to = days.ToKey }).AsList();
        var hallShare = (double)officers.Sum(officer => officer.Early) / Math.Max(1, officers.Sum(officer => officer.Rated));
        return officers
            .Where(officer => officer.Rated >= VisitsToJudge && Wilson.Of(officer.Early, officer.Rated)!.Value.Lower > hallShare + Clearly)
            .Select(officer => new EarlyPresses(days, officer.Officer, officer.Early, officer.Rated, hallShare))
            .OrderByDescending(officer => officer.Share);
    }

    private static IEnumerable<OneLevelOnly> OneLevel(IReadOnlyList<OfficerFigures> officers, DayRange days)
    {
        var hall = officers.Aggregate(new LevelCounts(), (sum, officer) => sum + officer.Tally.Levels);
        return from officer in officers
               let levels = officer.Tally.Levels
               where levels.Rated >= VisitsToJudge
               from level in Enumerable.Range(Protocol.Levels.Lowest, Protocol.Levels.Highest)
               let hallShare = (double)hall[level] / hall.Rated
               where levels[level] == levels.Rated && Math.Pow(hallShare, levels.Rated) < Improbable
               select new OneLevelOnly(days, officer.Officer, level, levels.Rated, hallShare);
    }

    private static IEnumerable<LowResponse> LowResponses(IReadOnlyList<OfficerFigures> officers, DayRange days)
    {
        var hall = officers.Aggregate(new Tally(), (sum, officer) => sum + officer.Tally);
        return hall.ResponseRate is not { } hallShare
            ? []
            : officers
                .Where(officer => officer.Tally.Served >= VisitsToJudge
                    && officer.Tally.ResponseRate < hallShare - Clearly
                    && Wilson.Of(Math.Min(officer.Tally.Levels.Rated, officer.Tally.Served), officer.Tally.Served)!.Value.Upper < hallShare)
                .OrderBy(officer => officer.Tally.ResponseRate)
                .Select(officer => new LowResponse(days, officer.Officer, officer.Tally.ResponseRate!.Value, hallShare));
    }

    private static bool IsSamePlace(PressRow last, PressRow press) => (last.Day, last.Officer, last.Counter) == (press.Day, press.Officer, press.Counter);

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
        public string Officer { get; init; } = "";
        public long At { get; init; }
        public bool AfterStart { get; init; }
        public bool AfterFinish { get; init; }

        public DateOnly On => Days.Day(Day);
    }

    private sealed record DeviceRow
    {
        public long Day { get; init; }
        public string Device { get; init; } = "";
        public long? Counter { get; init; }
        public string Address { get; init; } = "";
        public string OtherAddress { get; init; } = "";
        public long Times { get; init; }
        public long FirstAt { get; init; }
        public long LastAt { get; init; }
    }
}
