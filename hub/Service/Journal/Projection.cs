using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Record;

namespace Reception.Hub.Journal;

/// <summary>Writes the read tables from events: the one place that does, live and when they are rebuilt.</summary>
internal sealed partial class Projection(PreparedStatements statements)
{
    /// <summary>The hall's zone: hours of the day are its clock's.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Brings the read tables up to date with one event.</summary>
    public void Project(SqliteTransaction transaction, long sequence, HallEvent happened, HallState after)
    {
        switch (happened)
        {
            case TicketChanged change:
                Project(transaction, sequence, change, after);
                break;
            case RatingChanged rating:
                Project(transaction, rating.Change, rating.Rating);
                break;
            case DutyChanged { Started: true } duty:
                Run(transaction, "INSERT INTO duty(id, day, counter, officer, from_at) VALUES ($p0, $p1, $p2, $p3, $p4)",
                    sequence, DayNumber.Of(after.Day), duty.Counter, duty.Officer, Milliseconds(duty.At));
                _officers.Add((DayNumber.Of(after.Day), duty.Officer));
                break;
            case DutyChanged duty:
                Run(transaction, """
                    UPDATE duty SET to_at = $p0
                    WHERE id = (SELECT max(id) FROM duty WHERE counter = $p1 AND officer = $p2) AND to_at IS NULL
                    """, Milliseconds(duty.At), duty.Counter, duty.Officer);
                break;
            case DayOpened opened:
                Run(transaction, "INSERT INTO day(day, first_sequence) VALUES ($p0, $p1)", DayNumber.Of(opened.Day), sequence);
                break;
            case DaysWithdrawn withdrawn:
                Withdraw(transaction, sequence, DayNumber.Of(withdrawn.Day));
                break;
        }
    }

    /// <summary>Nothing of the days after a day counts. The journal has it all.</summary>
    private void Withdraw(SqliteTransaction transaction, long sequence, int day)
    {
        foreach (var table in ReadTable.All)
        {
            Run(transaction, $"DELETE FROM {table.Name} WHERE day > $p0", day);
        }

        Run(transaction, "INSERT OR IGNORE INTO day(day, first_sequence) VALUES ($p0, $p1)", day, sequence);
    }

    private void Project(SqliteTransaction transaction, long sequence, TicketChanged change, HallState after)
    {
        var ticket = change.Ticket;
        var id = Bytes(ticket.Id);
        if (change.Change == TicketChange.Issued)
        {
            Run(transaction, "INSERT INTO ticket(id, day, number, service, lane, state, body) VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6)",
                id, DayNumber.Of(after.Day), ticket.Number, ticket.Service, ticket.Lane.Code(), ticket.State.Code(), EventBodies.WriteTicket(ticket));
        }
        else
        {
            Run(transaction, "UPDATE ticket SET service = $p1, state = $p2, body = $p3 WHERE id = $p0",
                id, ticket.Service, ticket.State.Code(), EventBodies.WriteTicket(ticket));
        }

        switch (change.Change)
        {
            case TicketChange.Called:
                Run(transaction, """
                    INSERT INTO stay(id, day, ticket, number, counter, officer, service, lane, queued_at, called_at)
                    VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6, $p7, $p8, $p9)
                    """, sequence, DayNumber.Of(after.Day), id, ticket.Number, change.Counter, change.Officer, ticket.Service,
                    ticket.Lane.Code(), Milliseconds(ticket.WaitsFrom), Milliseconds(change.At));
                CompareWithTold(transaction, id, change, after);
                break;
            case TicketChange.Started:
                Run(transaction, $"UPDATE stay SET started_at = $p1 WHERE id = {LastStay}", id, Milliseconds(change.At));
                break;
            case TicketChange.Undone:
                Run(transaction, $"""
                    UPDATE stay SET ended_at = NULL, ending = NULL, outcome = NULL, started_at = $p1 WHERE id = {LastStay}
                    """, id, ticket.StartedAt is { } started ? Milliseconds(started) : null);
                MarkLastStay(transaction, id);
                break;
            case TicketChange.Served:
                End(transaction, id, change, "served", Milliseconds(ticket.StartedAt!.Value));
                MarkLastStay(transaction, id);
                break;
            case TicketChange.Held or TicketChange.Transferred or TicketChange.NoShow or TicketChange.Cancelled or TicketChange.Expired
                when change.Counter is not null:
                End(transaction, id, change, change.Reason == FinishService.NextErrand ? FinishService.NextErrand : Ending(change.Change), null);
                break;
        }
    }

    /// <summary>The first call in turn shows how far off the citizen was told the wait to be; who was transferred meanwhile was told of another queue.</summary>
    private void CompareWithTold(SqliteTransaction transaction, byte[] id, TicketChanged change, HallState after)
    {
        var ticket = change.Ticket;
        if (change.Reason is null && after.Tickets[ticket.Id].Told is { } told)
        {
            var (day, waited) = (DayNumber.Of(after.Day), change.At - ticket.IssuedAt);
            Run(transaction, "INSERT OR REPLACE INTO told_wait(ticket, day, service, within, off_seconds) VALUES ($p0, $p1, $p2, $p3, $p4)",
                id, day, ticket.Service, told.Holds(waited), (long)Math.Abs(waited.TotalSeconds - told.Seconds));
            _estimates.Add((day, ticket.Service));
        }
    }

    private void End(SqliteTransaction transaction, byte[] ticket, TicketChanged change, string ending, long? startedAt) =>
        Run(transaction, $"""
            UPDATE stay SET ended_at = $p1, ending = $p2, outcome = $p3, automatic = $p4, started_at = coalesce(started_at, $p5)
            WHERE id = {LastStay} AND ended_at IS NULL
            """, ticket, Milliseconds(change.At), ending, (change.Outcome ?? change.Ticket.Outcome)?.Code(), change.Automatic, startedAt);

    private void Project(SqliteTransaction transaction, RatingChange change, Rating rating)
    {
        var (day, id) = (DayNumber.Of(rating.Day), Bytes(rating.Id));
        if (change == RatingChange.Recorded)
        {
            Run(transaction, """
                INSERT INTO rating(id, at, arrived_at, late, first_at, level, reason, day, stay, ticket, officer, counter, service, attributed, changed,
                  duty_officer, device)
                VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6, $p7, $p8, $p9, $p10, $p11, $p12, $p13, $p14, $p15, $p16)
                """, id, Milliseconds(rating.At), Milliseconds(rating.ArrivedAt ?? rating.At), rating.Late == true, Milliseconds(rating.FirstAt), rating.Level, rating.Reason, day,
                rating.Stay, rating.Ticket is { } ticket ? Bytes(ticket) : null, rating.Officer, rating.Counter, rating.Service, rating.Attributed,
                rating.Changed, rating.DutyOfficer, rating.Device);
        }
        else
        {
            Run(transaction, "UPDATE rating SET at = $p1, arrived_at = $p2, level = $p3, reason = $p4, changed = $p5 WHERE id = $p0",
                id, Milliseconds(rating.At), Milliseconds(rating.ArrivedAt ?? rating.At), rating.Level, rating.Reason, rating.Changed);
        }

        if (rating.Press is { } press)
        {
            Run(transaction, "INSERT OR IGNORE INTO further_press(id, device, rating) VALUES ($p0, $p1, $p2)", Bytes(press), rating.Device, id);
        }

        if ((rating.Officer ?? rating.DutyOfficer) is { } officer)
        {
            _officers.Add((day, officer));
        }

        if (rating.Stay is { } stay)
        {
            _visits.Add(stay);
            _reasons.Add((day, rating.Service!));
            _presses.Add((day, rating.Officer!));
        }
    }

    private const string LastStay = "(SELECT max(id) FROM stay WHERE ticket = $p0)";

    private static string Ending(TicketChange change) => Codes.Kind(change)["ticket.".Length..];

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private void Run(SqliteTransaction transaction, string sql, params ReadOnlySpan<object?> values) => statements.Run(transaction, sql, values);
}
