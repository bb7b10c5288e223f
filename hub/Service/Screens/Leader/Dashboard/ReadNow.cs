using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Backup;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Devices;
using Reception.Hub.Screens.Console;
using Reception.Hub.Site;
using Reception.Hub.Statistics;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>Reads the hall as it stands, today's ratings and the newest press of level 1.</summary>
internal sealed class ReadNow(HallBoard board, SetupBook book, DeviceHealth health, DeviceLights devices, HubDatabase database, RecordStatus record, NightlyBackup backup,
    DiskSpace disk, HallClock clock)
{
    public DateOnly Today => board.Current.State.Day;

    public TimeZoneInfo Zone => book.Current.Zone;

    /// <summary>What is to be said of the machine's clock, or null.</summary>
    public ClockNotice? Clock
    {
        get
        {
            var notice = ClockNotice.Of(clock, board.Current.State, Zone);
            if (notice is not { CanBeConfirmed: false })
            {
                return notice;
            }

            using var reader = OpenReader();
            return FalseDays.Of(reader, null, DateOnly.FromDateTime(notice.Machine.DateTime), notice.Machine) is { } days
                ? notice with { CanBeConfirmed = true, Withdrawn = days.First }
                : notice;
        }
    }

    public SqliteConnection OpenReader() => database.OpenReader();

    public NowView Now(SqliteConnection connection)
    {
        var hall = board.Current.State;
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone);
        var waiting = Waiting(hall)
            .Select(ticket => (Ticket: ticket, Waited: now > ticket.WaitsFrom ? now - ticket.WaitsFrom : TimeSpan.Zero))
            .OrderByDescending(waiting => waiting.Waited)
            .ToList();
        var overdue = waiting.Where(waiting => waiting.Waited > hall.Setup.LaneRule.WaitLimit).CountBy(waiting => waiting.Ticket.Service).ToDictionary();
        var longest = waiting.Take(2).Select(waiting => new WaitingNow(waiting.Ticket.Number, waiting.Ticket.Service, waiting.Waited)).ToList();
        return new NowView
        {
            At = now,
            WaitLimit = hall.Setup.LaneRule.WaitLimit,
            Queues = [.. hall.Setup.Services
                .Select(service => new QueueNow(service.Code, hall.Services[service.Code].WaitingCount, overdue.GetValueOrDefault(service.Code)))
                .OrderByDescending(queue => queue.Waiting)],
            Longest = longest.ElementAtOrDefault(0),
            Second = longest.ElementAtOrDefault(1),
            Counters = [.. hall.Counters.Values.Select(counter => new CounterNow(
                counter.Number, counter.Status.Code(), counter.PausedAt is { } paused ? TimeZoneInfo.ConvertTime(paused, Zone) : null))],
            Today = OfficersToday(connection, hall.Day),
            Printers = [.. devices.AilingPrinters()],
            DevicesAway = DevicesAway(),
            IsBackupOverdue = backup.IsOverdue,
            LastBackup = backup.State?.Newest is { } made ? TimeZoneInfo.ConvertTime(made, Zone) : null,
            LowDiskMb = disk.IsLow ? disk.FreeMb : null,
            RecordFindings = record.Newest?.Result.Findings.Count ?? 0,
        };
    }

    /// <summary>The newest press of level 1 today that is not among those seen; null where all are.</summary>
    public DisappointedPress? Disappointed(SqliteConnection connection, SeenPresses seen)
    {
        const int most = 100;
        var today = RatingsPage.Read(connection, new RatingsQuestion { From = Today, To = Today, Level = 1, Limit = most }, Zone).Ratings;
        var unseen = today.Where(press => !seen.Has(press.Id)).ToList();
        return unseen.Count == 0 ? null : new DisappointedPress(unseen[0], unseen.Count - 1, SeenPresses.Of(today.Select(press => press.Id)).Text);
    }

    private static IEnumerable<Reception.Hall.Ticket> Waiting(HallState hall) =>
        hall.Services.Values.Select(service => service.Waiting).Concat(hall.Counters.Values.SelectMany(counter => counter.Queue.Values))
            .SelectMany(line => line.Entries).Select(entry => hall.Tickets[entry.Ticket]);

    private static Tally OfficersToday(SqliteConnection connection, DateOnly day) =>
        connection.Query<Tally>(
            """
            SELECT served, level1, level2, level3, level4, level5, wait_seconds AS waitSeconds, service_seconds AS serviceSeconds
            FROM officer_day WHERE day = @day
            """, new { day = Days.Key(day) })
            .Aggregate(new Tally(), (sum, officer) => sum + officer);

    /// <summary>Devices that were heard and are silent now.</summary>
    private int DevicesAway() => book.Current.Devices.Keys.Select(health.Of).Count(status => status.LastSeen is not null && !health.IsOnline(status));
}
