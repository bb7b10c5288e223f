using Reception.Hall;
using Reception.Hub.Site;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Display;

/// <summary>All that the hall's display shows at one instant.</summary>
public sealed record DisplayView
{
    /// <summary>More services or counters than this are told in a sentence, or not one by one.</summary>
    public const int MostSingly = 6;

    /// <summary>Calls before the last one.</summary>
    public const int MostBefore = 5;

    public required string Hall { get; init; }
    public required string Zone { get; init; }
    public required DateOnly Day { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>The newest calls, newest first, a number where it was called last alone.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>The note that holds for every service, so that it is said once; null where there is none.</summary>
    public string? NoteOfAll { get; init; }

    /// <summary>Services with who waits, and why nobody is called or no number is given out there: all, or the busiest where they are many.</summary>
    public required IReadOnlyList<(string Prefix, string Name, int Waiting, string? Note)> Services { get; init; }

    /// <summary>How many services are not shown singly, and how many wait there.</summary>
    public required (int Services, int Waiting) Rest { get; init; }

    public required IReadOnlyList<(int Number, CounterStatus Status)> Counters { get; init; }

    /// <summary>The code for phones, in two groups; null where numbers by phone are not offered, or the screen does not stand in the hall.</summary>
    public string? Join { get; init; }

    public int OpenCounters => Counters.Count(counter => counter.Status == CounterStatus.Open);

    internal static DisplayView Of(HallState hall, IReadOnlyList<HallService> told, HallSetup setup, Words words, DateTimeOffset now)
    {
        var names = new Names(setup, words);
        var services = setup.File.Services.Join(told, service => service.Code, one => one.Code, (service, one) =>
            (service.Prefix, Name: names.Of(service), one.Waiting, Note: Note(one, setup, words, now))).ToList();
        var busiest = services.OrderByDescending(service => service.Waiting).Take(MostSingly - 1).ToHashSet();
        var shown = services.Count <= MostSingly ? services : [.. services.Where(busiest.Contains)];
        var hidden = services.Except(shown).ToList();
        return new DisplayView
        {
            Hall = names.Hall,
            Zone = setup.File.Site.TimeZone,
            Day = hall.Day,
            Now = TimeZoneInfo.ConvertTime(now, setup.Zone),
            Calls = [.. hall.Calls.DistinctBy(call => call.Number).Take(1 + MostBefore).Select(call => call with { At = TimeZoneInfo.ConvertTime(call.At, setup.Zone) })],
            NoteOfAll = services.Select(service => service.Note).Distinct().ToList() is [{ } same] ? same : null,
            Services = shown,
            Rest = (hidden.Count, hidden.Sum(service => service.Waiting)),
            Counters = [.. hall.Counters.Values.Select(counter => (counter.Number, counter.Status))],
        };
    }

    /// <summary>Why a service gives out no numbers, and when it does again, or why nobody is called for it now; else null.</summary>
    private static string? Note(HallService service, HallSetup setup, Words words, DateTimeOffset now)
    {
        var wait = Wait.Of(service);
        var why = wait.Text(words.Language);
        return wait.IsHeldUp || (wait.Kind == WaitKind.Closed && service.OpensAt is null) ? why
            : wait.Kind != WaitKind.Closed ? null
            : TimeZoneInfo.ConvertTime(service.OpensAt!.Value, setup.Zone) is var opens && opens.Date == TimeZoneInfo.ConvertTime(now, setup.Zone).Date
                ? words["display.shut.today", why, words.Time(opens)]
                : words["display.shut.later", why, words.Time(opens), words.Date(DateOnly.FromDateTime(opens.DateTime))[..5]];
    }
}
