using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Unit.Tests.Statistics;

/// <summary>Read tables in a file of their own, filled row by row.</summary>
internal sealed class ReadTables : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"read-tables-{Guid.NewGuid():N}.db");

    public ReadTables()
    {
        Connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        Connection.Open();
        Connection.Execute("PRAGMA synchronous = OFF");
        Connection.Execute(Schema);
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

    public Guid Rating(int day, long at, int level, long? stay = null, string? officer = "cb01", int counter = 1, string? reason = null, Guid? id = null)
    {
        var rating = id ?? Guid.NewGuid();
        Connection.Execute(
            """
            INSERT INTO rating(id, at, first_at, level, reason, day, stay, ticket, officer, counter, service, attributed, changed, duty_officer, device)
            VALUES (@id, @at, @at, @level, @reason, @day, @stay, @ticket, @officer, @counter, @service, @attributed, 0, 'cb01', 'rater-1')
            """,
            new
            {
                id = rating.ToByteArray(bigEndian: true),
                at,
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

    public void Dispose()
    {
        Connection.Dispose();
        File.Delete(_file);
    }

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS ticket(
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          day INTEGER NOT NULL,
          number TEXT NOT NULL,
          service TEXT NOT NULL,
          lane TEXT NOT NULL,
          state TEXT NOT NULL,
          link TEXT,
          body TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        
        CREATE TABLE IF NOT EXISTS stay(
          id INTEGER PRIMARY KEY,
          day INTEGER NOT NULL,
          ticket BLOB NOT NULL,
          number TEXT NOT NULL,
          counter INTEGER NOT NULL,
          officer TEXT NOT NULL,
          service TEXT NOT NULL,
          lane TEXT NOT NULL,
          queued_at INTEGER NOT NULL,
          called_at INTEGER NOT NULL,
          started_at INTEGER,
          ended_at INTEGER,
          ending TEXT,
          outcome TEXT,
          automatic INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX IF NOT EXISTS stay_of_ticket ON stay(ticket, id);
        CREATE INDEX IF NOT EXISTS stay_at_counter ON stay(counter, called_at);
        CREATE INDEX IF NOT EXISTS stay_of_officer ON stay(day, officer);
        CREATE INDEX IF NOT EXISTS stay_of_service ON stay(day, service);
        
        CREATE TABLE IF NOT EXISTS rating(
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          at INTEGER NOT NULL,
          first_at INTEGER NOT NULL,
          level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
          reason TEXT,
          day INTEGER NOT NULL,
          stay INTEGER UNIQUE,
          ticket BLOB,
          officer TEXT,
          counter INTEGER,
          service TEXT,
          attributed INTEGER NOT NULL CHECK (attributed = (stay IS NOT NULL)),
          changed INTEGER NOT NULL,
          duty_officer TEXT,
          device TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS rating_in_time ON rating(at);
        CREATE INDEX IF NOT EXISTS rating_of_officer ON rating(day, officer);
        CREATE INDEX IF NOT EXISTS rating_of_service ON rating(day, service);
        
        CREATE TABLE IF NOT EXISTS duty(
          id INTEGER PRIMARY KEY,
          day INTEGER NOT NULL,
          counter INTEGER NOT NULL,
          officer TEXT NOT NULL,
          from_at INTEGER NOT NULL,
          to_at INTEGER
        ) STRICT;
        CREATE INDEX IF NOT EXISTS duty_at_counter ON duty(counter, from_at);
        
        CREATE TABLE IF NOT EXISTS officer_day(
          day INTEGER NOT NULL,
          officer TEXT NOT NULL,
          served INTEGER NOT NULL,
          rated INTEGER NOT NULL,
          level1 INTEGER NOT NULL,
          level2 INTEGER NOT NULL,
          level3 INTEGER NOT NULL,
          level4 INTEGER NOT NULL,
          level5 INTEGER NOT NULL,
          wait_seconds INTEGER NOT NULL,
          service_seconds INTEGER NOT NULL,
          unattributed INTEGER NOT NULL,
          PRIMARY KEY (day, officer)
        ) STRICT, WITHOUT ROWID;
        
        CREATE TABLE IF NOT EXISTS service_hour(
          day INTEGER NOT NULL,
          service TEXT NOT NULL,
          hour INTEGER NOT NULL,
          served INTEGER NOT NULL,
          rated INTEGER NOT NULL,
          level1 INTEGER NOT NULL,
          level2 INTEGER NOT NULL,
          level3 INTEGER NOT NULL,
          level4 INTEGER NOT NULL,
          level5 INTEGER NOT NULL,
          wait_seconds INTEGER NOT NULL,
          service_seconds INTEGER NOT NULL,
          PRIMARY KEY (day, service, hour)
        ) STRICT, WITHOUT ROWID;
        
        CREATE TABLE IF NOT EXISTS reason_day(
          day INTEGER NOT NULL,
          service TEXT NOT NULL,
          reason TEXT NOT NULL,
          ratings INTEGER NOT NULL,
          PRIMARY KEY (day, service, reason)
        ) STRICT, WITHOUT ROWID;
        
        """;
}
