using Reception.Hall;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.SignIn;

/// <summary>Who may sign in, and where.</summary>
public sealed record SignInView
{
    /// <summary>More names or counters than this get a field to search in.</summary>
    public const int MostWithoutSearch = 8;

    public required string Hall { get; init; }
    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required IReadOnlyList<Account> Officers { get; init; }

    /// <summary>Who sits at no counter.</summary>
    public required IReadOnlyList<Account> Leaders { get; init; }

    public required IReadOnlyList<CounterPlace> Counters { get; init; }

    internal static SignInView Of(HallState hall, HallSetup setup, Words words, DateTimeOffset now)
    {
        var names = new Names(setup, words);
        var accounts = setup.File.Officers.Where(officer => !officer.Left).Select(officer => new Account(officer.Code, officer.Name, officer.Title, officer.Role)).ToList();
        return new SignInView
        {
            Hall = names.Hall,
            Zone = setup.File.Site.TimeZone,
            Now = TimeZoneInfo.ConvertTime(now, setup.Zone),
            Officers = [.. accounts.Where(account => account.Role == Roles.Officer)],
            Leaders = [.. accounts.Where(account => account.Role != Roles.Officer)],
            Counters = [.. hall.Counters.Values.Select(counter => new CounterPlace(
                counter.Number,
                names.Counter(counter.Number),
                names.Services(counter.Setup.Services),
                counter.Officer,
                counter.Officer is { } officer ? setup.OfficerName(officer) : null,
                hall.InHand(counter)?.Number,
                hall.InHand(counter)?.State == TicketState.Called))],
        };
    }
}

/// <summary>Somebody who may sign in.</summary>
public sealed record Account(string Code, string Name, string? Title, string Role);

/// <summary>A counter that an officer may choose.</summary>
/// <param name="HeldBy">The code of the officer on duty there.</param>
/// <param name="InHand">The number called or served there: nobody else can come in.</param>
public sealed record CounterPlace(int Number, string Name, string Services, string? HeldBy, string? HeldByName, string? InHand, bool IsCalling);
