using System.Data;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Journal;

/// <summary>The roll-ups that dashboards read: each cell is computed anew from its rows, never added to.</summary>
internal sealed partial class Projection
{
    private void RollUpStay(SqliteTransaction transaction, byte[] ticket)
    {
        using var find = connection.CreateCommand();
        find.Transaction = transaction;
        find.CommandText = "SELECT id, day, officer FROM stay WHERE ticket = $ticket ORDER BY id DESC LIMIT 1";
        find.Parameters.AddWithValue("$ticket", ticket);
        using var reader = find.ExecuteReader(CommandBehavior.SingleRow);
        if (reader.Read())
        {
            var (stay, day, officer) = (reader.GetInt64(0), reader.GetInt32(1), reader.GetString(2));
            reader.Close();
            RollUpOfficer(transaction, day, officer);
            RollUpService(transaction, stay);
        }
    }

    private void RollUpOfficer(SqliteTransaction transaction, int day, string officer) => Run(transaction, """
        INSERT OR REPLACE INTO officer_day
        SELECT $p0, $p1, s.served, r.rated, r.level1, r.level2, r.level3, r.level4, r.level5, s.wait_seconds, s.service_seconds,
          (SELECT count(*) FROM rating WHERE day = $p0 AND stay IS NULL AND duty_officer = $p1)
        FROM
          (SELECT count(*) AS served, coalesce(sum(called_at - queued_at), 0) / 1000 AS wait_seconds,
             coalesce(sum(ended_at - started_at), 0) / 1000 AS service_seconds
           FROM stay WHERE day = $p0 AND officer = $p1 AND ending = 'served' AND automatic = 0) s,
          (SELECT count(*) AS rated, coalesce(sum(level = 1), 0) AS level1, coalesce(sum(level = 2), 0) AS level2,
             coalesce(sum(level = 3), 0) AS level3, coalesce(sum(level = 4), 0) AS level4, coalesce(sum(level = 5), 0) AS level5
           FROM rating WHERE day = $p0 AND officer = $p1 AND stay IS NOT NULL) r
        """, day, officer);

    /// <summary>A stay counts in the hour, by the hall's clock, in which its ticket was called.</summary>
    private void RollUpService(SqliteTransaction transaction, long stay)
    {
        using var find = connection.CreateCommand();
        find.Transaction = transaction;
        find.CommandText = "SELECT day, service, called_at FROM stay WHERE id = $stay";
        find.Parameters.AddWithValue("$stay", stay);
        using var reader = find.ExecuteReader(CommandBehavior.SingleRow);
        if (!reader.Read())
        {
            return;
        }

        var (day, service, calledAt) = (reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2));
        reader.Close();
        var called = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(calledAt), Zone);
        var from = (called - TimeSpan.FromTicks(called.TimeOfDay.Ticks % TimeSpan.TicksPerHour)).ToUnixTimeMilliseconds();
        Run(transaction, """
            INSERT OR REPLACE INTO service_hour
            SELECT $p0, $p1, $p2, coalesce(sum(served), 0), count(level), coalesce(sum(level = 1), 0), coalesce(sum(level = 2), 0),
              coalesce(sum(level = 3), 0), coalesce(sum(level = 4), 0), coalesce(sum(level = 5), 0),
              coalesce(sum(CASE WHEN served THEN called_at - queued_at END), 0) / 1000,
              coalesce(sum(CASE WHEN served THEN ended_at - started_at END), 0) / 1000
            FROM (SELECT s.*, coalesce(s.ending = 'served' AND s.automatic = 0, 0) AS served, r.level
                  FROM stay s LEFT JOIN rating r ON r.stay = s.id
                  WHERE s.day = $p0 AND s.service = $p1 AND s.called_at >= $p3 AND s.called_at < $p4)
            """, day, service, called.Hour, from, from + (long)TimeSpan.FromHours(1).TotalMilliseconds);
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
