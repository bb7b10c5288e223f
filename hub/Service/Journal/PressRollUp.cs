namespace Reception.Hub.Journal;

/// <summary>The roll-up of when presses came, computed anew from an officer's ratings of a day.</summary>
internal sealed partial class Projection
{
    // The presses of a burst have the same difference of their places among all presses at the counter and among the soon or other ones.
    internal static readonly string PressesOfDay = $"""
        INSERT OR REPLACE INTO press_day
        WITH press AS (
          SELECT rating.id, rating.counter, rating.first_at, {PressTiming.BeforeFinish} AS before_finish,
            coalesce({PressTiming.AfterStart}, 0) AS after_start, coalesce({PressTiming.AfterFinish}, 0) AS after_finish
          FROM rating JOIN stay ON stay.id = rating.stay
          WHERE rating.day = $p0 AND rating.officer = $p1),
        placed AS (
          SELECT counter, after_finish,
            row_number() OVER (PARTITION BY counter ORDER BY first_at, id)
              - row_number() OVER (PARTITION BY counter, after_finish ORDER BY first_at, id) AS burst
          FROM press)
        SELECT $p0, $p1, count(*), sum(before_finish), sum(after_start), sum(after_finish),
          coalesce((SELECT max(presses) FROM (SELECT count(*) AS presses FROM placed WHERE after_finish GROUP BY counter, burst)), 0)
        FROM press HAVING count(*) > 0
        """;
}
