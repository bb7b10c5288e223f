using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hub.Journal;

namespace Reception.Unit.Tests.Statistics;

/// <summary>Read tables in a file of their own, filled row by row.</summary>
internal sealed class ReadTables : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("read-tables-").FullName;

    public ReadTables()
    {
        Connection = new HubDatabase(_folder).OpenWriter();
        Connection.Execute("PRAGMA synchronous = OFF");
    }

    public SqliteConnection Connection { get; }

    public void Officer(int day, string officer, int[] levels, int served = 0, long wait = 0, long service = 0, int unattributed = 0) =>
        Connection.Execute(
            "INSERT INTO officer_day VALUES (@day, @officer, @served, @rated, @l1, @l2, @l3, @l4, @l5, @wait, @service, @unattributed)",
            new { day, officer, served, rated = levels.Sum(), l1 = levels[0], l2 = levels[1], l3 = levels[2], l4 = levels[3], l5 = levels[4], wait, service, unattributed });

    public void ServiceHour(int day, string service, int hour, int[] levels, int served = 0, long wait = 0, long seconds = 0) =>
        Connection.Execute(
            "INSERT INTO service_hour VALUES (@day, @service, @hour, @served, @rated, @l1, @l2, @l3, @l4, @l5, @wait, @seconds)",
            new { day, service, hour, served, rated = levels.Sum(), l1 = levels[0], l2 = levels[1], l3 = levels[2], l4 = levels[3], l5 = levels[4], wait, seconds });

    public void Reason(int day, string reason, int ratings, string service = "HT") =>
        Connection.Execute("INSERT INTO reason_day VALUES (@day, @service, @reason, @ratings)", new { day, service, reason, ratings });

    public void Duty(int day, string officer, int counter) =>
        Connection.Execute(
            "INSERT INTO duty(day, counter, officer, from_at, to_at) VALUES (@day, @counter, @officer, 0, NULL)", new { day, counter, officer });

    public void Stay(long id, int day, int counter, long called, long? ended, string officer = "cb01") =>
        Connection.Execute(
            """
            INSERT INTO stay(id, day, ticket, number, counter, officer, service, lane, queued_at, called_at, started_at, ended_at)
            VALUES (@id, @day, @ticket, 'A001', @counter, @officer, 'HT', 'normal', @called, @called, @called, @ended)
            """, new { id, day, ticket = Guid.NewGuid().ToByteArray(bigEndian: true), counter, officer, called, ended });

    public Guid Rating(int day, long at, int level, long? stay = null, string? officer = "cb01", int counter = 1, string? reason = null, Guid? id = null, bool late = false,
        string device = "rater-1")
    {
        var rating = id ?? Guid.NewGuid();
        Connection.Execute(
            """
            INSERT INTO rating(id, at, arrived_at, late, first_at, level, reason, day, stay, ticket, officer, counter, service, attributed, changed, duty_officer, device)
            VALUES (@id, @at, @at, @late, @at, @level, @reason, @day, @stay, @ticket, @officer, @counter, @service, @attributed, 0, 'cb01', @device)
            """,
            new
            {
                id = rating.ToByteArray(bigEndian: true),
                at,
                late,
                device,
                level,
                reason,
                day,
                stay,
                ticket = stay is null ? null : Guid.NewGuid().ToByteArray(bigEndian: true),
                officer = stay is null ? null : officer,
                counter,
                service = stay is null ? null : "HT",
                attributed = stay is null ? 0 : 1,
            });
        return rating;
    }

    public void SecondSession(int day, string device, int counter, string address, string other, int signIns, long first, long last) =>
        Connection.Execute(
            "INSERT INTO second_session VALUES (@day, @device, @counter, @address, @other, @signIns, @first, @last)",
            new { day, device, counter, address, other, signIns, first, last });

    /// <summary>Rolls up when presses came, as the projection does.</summary>
    public void RollUpPresses()
    {
        foreach (var (day, officer) in Connection.Query<(long, string)>("SELECT DISTINCT day, officer FROM rating WHERE officer IS NOT NULL").AsList())
        {
            using var command = Connection.CreateCommand();
            command.CommandText = Projection.PressesOfDay;
            command.Parameters.AddWithValue("$p0", day);
            command.Parameters.AddWithValue("$p1", officer);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
