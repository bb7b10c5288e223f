namespace Reception.Hub.Journal;

/// <summary>A table that the journal's events are projected into; each row belongs to a business day.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">The columns that follow from the journal.</param>
/// <param name="Key">An SQL text that names a row.</param>
internal sealed record ReadTable(string Name, string Columns, string Key)
{
    public static IReadOnlyList<ReadTable> All { get; } =
    [
        new("day", "day, first_sequence", "day"),
        new("ticket", "id, day, number, service, lane, state, body", "day || ' ' || number"),
        new("stay", "id, day, ticket, number, counter, officer, service, lane, queued_at, called_at, started_at, ended_at, ending, outcome, automatic", "id"),
        new(
            "rating",
            "id, at, arrived_at, late, first_at, level, reason, day, stay, ticket, officer, counter, service, attributed, changed, duty_officer, device",
            "lower(hex(id))"),
        new("duty", "id, day, counter, officer, from_at, to_at", "id"),
        new("officer_day", "day, officer, served, rated, level1, level2, level3, level4, level5, wait_seconds, service_seconds, unattributed", "day || ' ' || officer"),
        new("service_hour", "day, service, hour, served, rated, level1, level2, level3, level4, level5, wait_seconds, service_seconds", "day || ' ' || service || ' ' || hour"),
        new("reason_day", "day, service, reason, ratings", "day || ' ' || service || ' ' || reason"),
        new("press_day", "day, officer, rated, before_finish, after_start, after_finish, longest_burst", "day || ' ' || officer"),
        new("told_wait", "ticket, day, service, within, off_seconds", "lower(hex(ticket))"),
        new("estimate_day", "day, service, told, within, off_seconds", "day || ' ' || service"),
    ];
}
