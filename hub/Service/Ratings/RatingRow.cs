using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Ratings;

/// <summary>A rating as the read tables hold it.</summary>
internal sealed record RatingRow(
    byte[] Id, long At, long ArrivedAt, long Late, long FirstAt, long Level, string? Reason, long Day, long? Stay, byte[]? Ticket, string? Officer, long? Counter,
    string? Service, long Changed, string? DutyOfficer, string Device)
{
    /// <summary>The rating of a stay, or null.</summary>
    public static Rating? OfStay(HallTransaction transaction, long stay) => Find(transaction, "stay = @stay", new { stay });

    /// <summary>The rating of an id, or null.</summary>
    public static Rating? Of(HallTransaction transaction, Guid id) => Find(transaction, "id = @id", new { id = id.ToByteArray(bigEndian: true) });

    private static Rating? Find(HallTransaction transaction, string where, object parameters) =>
        transaction.Connection.QuerySingleOrDefault<RatingRow>(
            $"""
            SELECT id, at, arrived_at AS ArrivedAt, late, first_at AS FirstAt, level, reason, day, stay, ticket, officer, counter, service, changed,
              duty_officer AS DutyOfficer, device FROM rating WHERE {where}
            """,
            parameters,
            transaction.Transaction)?.ToRating();

    private Rating ToRating() => new()
    {
        Id = new Guid(Id, bigEndian: true),
        At = DateTimeOffset.FromUnixTimeMilliseconds(At),
        ArrivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ArrivedAt),
        Late = Late != 0 ? true : null,
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
