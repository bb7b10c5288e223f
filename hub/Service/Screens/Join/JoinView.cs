using Reception.Hall;
using Reception.Hub.Site;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Join;

/// <summary>All that the page of a phone shows before it has a number.</summary>
public sealed record JoinView
{
    public required string Hall { get; init; }
    public required IReadOnlyList<Choice> Services { get; init; }

    /// <summary>How the lanes take turns, as a sentence.</summary>
    public required string Fair { get; init; }

    /// <summary>Live numbers that this phone holds, each with the address of its page.</summary>
    public IReadOnlyList<(string Number, string Service, string Address)> Mine { get; init; } = [];

    /// <summary>The code as it was read from a QR or typed.</summary>
    public string Code { get; init; } = "";

    /// <summary>Whether that code holds, so that nobody has to type it.</summary>
    public bool CodeHolds { get; init; }

    /// <summary>What was chosen before the page came back.</summary>
    public string? Service { get; init; }

    /// <summary>The second errand that was chosen, or null.</summary>
    public string? Then { get; init; }

    public string? Lane { get; init; }

    /// <summary>Why the page came back, or null.</summary>
    public string? Fault { get; init; }

    /// <summary>Known again where a phone keeps no cookies: two presses of one form are one number.</summary>
    public required string Key { get; init; }

    /// <summary>A service to choose.</summary>
    /// <param name="Wait">How many wait and about how long, or why it is closed.</param>
    public sealed record Choice(string Code, string Prefix, string Name, bool Open, string Wait);

    internal static IReadOnlyList<Choice> Choices(HallDocument hall, HallSetup setup, Words words)
    {
        var names = new Names(setup, words);
        return [.. hall.Services.Where(service => setup.Service(service.Code) is not null).Select(service => new Choice(
            service.Code, setup.Service(service.Code)!.Prefix, names.Service(service.Code), service.Open, service.Open ? Wait(service, words) : Closed(service, setup, words)))];
    }

    private static string Wait(HallService service, Words words)
    {
        var wait = Protocol.Wait.Of(service);
        var queue = wait.Queue(service.Waiting, words.Language);
        return wait.Text(words.Language) is { Length: > 0 } text ? $"{queue} · {text}" : queue;
    }

    private static string Closed(HallService service, HallSetup setup, Words words)
    {
        var why = Protocol.Wait.Of(service).Text(words.Language);
        return service.OpensAt is { } opens ? $"{why}, {words["join.opens", words.DateAndTime(TimeZoneInfo.ConvertTime(opens, setup.Zone))]}" : why;
    }
}
