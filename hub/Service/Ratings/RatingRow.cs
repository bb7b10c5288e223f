using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Ratings;

/// <summary>A rating as the read tables hold it.</summary>
internal sealed record RatingRow(
    byte[] Id, long At, long FirstAt, long Level, string? Reason, long Day, long? Stay, byte[]? Ticket, string? Officer, long? Counter,
    string? Service, long Changed, string? DutyOfficer, string Device)
{
    /// <summary>The rating of a stay, or null.</summary>
    public static Rating? OfStay(WorkingHall working, long stay) => Find(working, "stay = @stay", new { stay });

    /// <summary>The rating of an id, or null.</summary>
    public static Rating? Of(WorkingHall working, Guid id) => Find(working, "id = @id", new { id = id.ToByteArray(bigEndian: true) });

    private static Rating? Find(WorkingHall working, string where, object parameters) =>
        working.Connection.QuerySingleOrDefault<RatingRow>(
            $"""
            SELECT id, at, first_at AS FirstAt, level, reason, day, stay, ticket, officer, counter, service, changed,
              duty_officer AS DutyOfficer, device FROM rating WHERE {where}
            """,
            parameters,
            working.Transaction)?.ToRating();

    private Rating ToRating() => new()
    {
        Id = new Guid(Id, bigEndian: true),
        At = DateTimeOffset.FromUnixTimeMilliseconds(At),
        FirstAt = DateTimeOffset.FromUnixTimeMilliseconds(FirstAt),
        Level = (int)Level,
        Reason = Reason,
        Day = DayNumber.ToDay((int)Day),
        Stay = Stay,
        Ticket = Ticket is null ? null : new Guid(Ticket, bigEndian: true),
        Officer = Officer,
        Counter = (int?)Counter,
        Service = Service,
        Changed = Changed != 0,
        DutyOfficer = DutyOfficer,
        Device = Device,
    };
}
