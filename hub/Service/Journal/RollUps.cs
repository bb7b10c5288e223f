using Microsoft.Data.Sqlite;

namespace Reception.Hub.Journal;

/// <summary>
/// The roll-ups that dashboards read. Each cell is computed anew from its rows, never added to; events only mark which cells, so that a batch
/// computes each of them once.
/// </summary>
internal sealed partial class Projection
{
    private readonly HashSet<long> _visits = [];
    private readonly HashSet<(int Day, string Officer)> _officers = [];
    private readonly HashSet<(int Day, string Officer)> _presses = [];
    private readonly HashSet<(int Day, string Service)> _reasons = [];
    private readonly HashSet<(int Day, string Service)> _estimates = [];

    /// <summary>Computes the marked cells.</summary>
    public void RollUp(SqliteTransaction transaction)
    {
        var hours = new HashSet<(int Day, string Service, DateTimeOffset Hour)>();
        foreach (var stay in _visits)
        {
            MarkHour(transaction, stay, hours);
        }

        foreach (var (day, officer) in _officers)
        {
            RollUpOfficer(transaction, day, officer);
        }

        foreach (var (day, officer) in _presses)
        {
            Run(transaction, PressesOfDay, day, officer);
        }

        foreach (var (day, service, hour) in hours)
        {
            RollUpHour(transaction, day, service, hour);
        }

        foreach (var (day, service) in _reasons)
        {
            RollUpReasons(transaction, day, service);
        }

        foreach (var (day, service) in _estimates)
        {
            RollUpEstimates(transaction, day, service);
        }

        Forget();
    }

    /// <summary>Forgets the marks: their batch was rolled back, or is computed.</summary>
    public void Forget()
    {
        _visits.Clear();
        _officers.Clear();
        _presses.Clear();
        _reasons.Clear();
        _estimates.Clear();
    }

    private void MarkLastStay(SqliteTransaction transaction, byte[] ticket)
    {
        using var row = statements.Read(
            transaction,
            "SELECT id, day, officer, EXISTS (SELECT 1 FROM rating WHERE rating.stay = stay.id) FROM stay WHERE ticket = $p0 ORDER BY id DESC LIMIT 1",
            ticket);
        if (row.Read())
        {
            var (day, officer) = (row.GetInt32(1), row.GetString(2));
            _visits.Add(row.GetInt64(0));
            _officers.Add((day, officer));
            if (row.GetBoolean(3))
            {
                _presses.Add((day, officer));
            }
        }
    }

    /// <summary>A stay counts in the hour, by the hall's clock, in which its ticket was called.</summary>
    private void MarkHour(SqliteTransaction transaction, long stay, HashSet<(int Day, string Service, DateTimeOffset Hour)> hours)
    {
        using var row = statements.Read(transaction, "SELECT day, service, called_at FROM stay WHERE id = $p0", stay);
        if (row.Read())
        {
            var called = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), Zone);
            hours.Add((row.GetInt32(0), row.GetString(1), called - TimeSpan.FromTicks(called.TimeOfDay.Ticks % TimeSpan.TicksPerHour)));
        }
    }

    private void RollUpOfficer(SqliteTransaction transaction, int day, string officer) => Run(transaction, """
        INSERT OR REPLACE INTO officer_day
        SELECT $p0, $p1, s.served, r.rated, r.level1, r.level2, r.level3, r.level4, r.level5, s.wait_seconds, s.service_seconds,
          (SELECT count(*) FROM rating WHERE day = $p0 AND attributed = 0 AND duty_officer = $p1)
        FROM
          (SELECT count(*) AS served, coalesce(sum(called_at - queued_at), 0) / 1000 AS wait_seconds,
             coalesce(sum(ended_at - started_at), 0) / 1000 AS service_seconds
           FROM stay WHERE day = $p0 AND officer = $p1 AND ending = 'served' AND automatic = 0) s,
          (SELECT count(*) AS rated, coalesce(sum(level = 1), 0) AS level1, coalesce(sum(level = 2), 0) AS level2,
             coalesce(sum(level = 3), 0) AS level3, coalesce(sum(level = 4), 0) AS level4, coalesce(sum(level = 5), 0) AS level5
           FROM rating WHERE day = $p0 AND officer = $p1 AND stay IS NOT NULL) r
        """, day, officer);

    private void RollUpHour(SqliteTransaction transaction, int day, string service, DateTimeOffset hour)
    {
        var from = hour.ToUnixTimeMilliseconds();
        Run(transaction, """
            INSERT OR REPLACE INTO service_hour
            SELECT $p0, $p1, $p2, coalesce(sum(served), 0), count(level), coalesce(sum(level = 1), 0), coalesce(sum(level = 2), 0),
              coalesce(sum(level = 3), 0), coalesce(sum(level = 4), 0), coalesce(sum(level = 5), 0),
              coalesce(sum(CASE WHEN served THEN called_at - queued_at END), 0) / 1000,
              coalesce(sum(CASE WHEN served THEN ended_at - started_at END), 0) / 1000
            FROM (SELECT s.*, coalesce(s.ending = 'served' AND s.automatic = 0, 0) AS served, r.level
                  FROM stay s LEFT JOIN rating r ON r.stay = s.id
                  WHERE s.day = $p0 AND s.service = $p1 AND s.called_at >= $p3 AND s.called_at < $p4)
            """, day, service, hour.Hour, from, from + (long)TimeSpan.FromHours(1).TotalMilliseconds);
    }

    private void RollUpEstimates(SqliteTransaction transaction, int day, string service) => Run(transaction, """
        INSERT OR REPLACE INTO estimate_day
        SELECT $p0, $p1, count(*), coalesce(sum(within), 0), coalesce(sum(off_seconds), 0) FROM told_wait WHERE day = $p0 AND service = $p1
        """, day, service);

    private void RollUpReasons(SqliteTransaction transaction, int day, string service)
    {
        Run(transaction, "DELETE FROM reason_day WHERE day = $p0 AND service = $p1", day, service);
        Run(transaction, """
            INSERT INTO reason_day
            SELECT $p0, $p1, coalesce(reason, ''), count(*) FROM rating
            WHERE day = $p0 AND service = $p1 AND stay IS NOT NULL AND level <= 2 GROUP BY 3
            """, day, service);
    }
}
