using System.Globalization;
using System.Resources;

namespace Reception.Protocol;

/// <summary>What can be told of a wait.</summary>
public enum WaitKind
{
    /// <summary>The hub gives neither an estimate nor the state of the counters.</summary>
    Unknown,

    /// <summary>The service gives out no numbers now.</summary>
    Closed,

    /// <summary>No officer is signed in at a counter that can call.</summary>
    NoOfficer,

    /// <summary>Every counter with an officer that can call is paused.</summary>
    Paused,

    /// <summary>Under a minute.</summary>
    Now,

    /// <summary>From so many minutes to so many.</summary>
    Minutes,

    /// <summary>Over 90 minutes, by its low end too: nobody can tell more exactly.</summary>
    Over90,
}

/// <summary>
/// A wait as people are told it, on every screen, slip and phone: one value made of the fields of section 3 of the wire contracts, and one set of
/// words in Vietnamese and English (<c>WaitStrings</c>).
/// </summary>
/// <param name="Kind">What can be told.</param>
/// <param name="Low">Whole minutes, rounded down; for <see cref="WaitKind.Minutes"/> and <see cref="WaitKind.Over90"/>.</param>
/// <param name="High">Whole minutes, rounded up, so that no range is told narrower than it is.</param>
public readonly record struct Wait(WaitKind Kind, int Low = 0, int High = 0)
{
    private const int Minute = 60;
    private const int Most = 90;

    private const string Closed = "Closed";

    private static readonly ResourceManager Strings = new("Reception.Protocol.WaitStrings", typeof(Wait).Assembly);

    /// <summary>The names of the words about a ticket's wait: a ward's slip template may have words of its own under them.</summary>
    public static IReadOnlyList<string> NamesForTickets { get; } = ["WaitNoOfficer", "WaitPaused", "WaitNone", "WaitMinutes", "WaitLong"];

    /// <summary>Why the service is closed: the code of section 3, or null.</summary>
    public string? ClosedReason { get; init; }

    /// <summary>The name of this wait's words; null for an unknown wait.</summary>
    public string? Name => Kind switch
    {
        WaitKind.Closed => Strings.GetString($"{Closed}-{ClosedReason}", CultureInfo.InvariantCulture) is null ? Closed : $"{Closed}-{ClosedReason}",
        WaitKind.NoOfficer => "WaitNoOfficer",
        WaitKind.Paused => "WaitPaused",
        WaitKind.Now => "WaitNone",
        WaitKind.Minutes => "WaitMinutes",
        WaitKind.Over90 => "WaitLong",
        _ => null,
    };

    /// <summary>Whether nobody can be called now, so that no time can be told.</summary>
    public bool IsHeldUp => Kind is WaitKind.NoOfficer or WaitKind.Paused;

    /// <summary>The minutes as figures, such as <c>9</c> or <c>32–114</c>; null where the wait is not told in minutes.</summary>
    public string? Figures => Kind != WaitKind.Minutes ? null : Low == High ? Figure(High) : $"{Figure(Low)}–{Figure(High)}";

    /// <summary>The wait of one who takes a normal number of a service now.</summary>
    public static Wait Of(HallService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Open
            ? Of(service.CounterState, service.EstimatedWaitSeconds, service.EstimatedWaitRange)
            : new Wait(WaitKind.Closed) { ClosedReason = service.ClosedReason };
    }

    /// <summary>The wait that lies before a waiting ticket.</summary>
    public static Wait Of(TicketDocument ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return Of(ticket.CounterState, ticket.EstimatedWaitSeconds, ticket.EstimatedWaitRange);
    }

    /// <summary>The wait in words that stand alone, such as <c>khoảng 9 phút</c>; empty for an unknown one.</summary>
    /// <param name="language"><c>en</c>; any other is Vietnamese.</param>
    public string Text(string language) => Kind == WaitKind.Minutes && Low == High ? Fill(Word("WaitAbout", language)) : Value(language);

    /// <summary>The wait in words that stand behind a label such as "Chờ khoảng"; empty for an unknown one.</summary>
    /// <param name="language"><c>en</c>; any other is Vietnamese.</param>
    public string Value(string language) => Name is { } name ? Fill(Word(name, language)) : "";

    /// <summary>Words for this wait, with its figures in place of <c>{0}</c>.</summary>
    public string Fill(string words) => string.Format(CultureInfo.InvariantCulture, words, Figures);

    /// <summary>
    /// How many wait, in words, such as <c>3 người chờ</c>. Nobody may be waiting while the counters are busy all the same: with the people who are
    /// there, or with another service of theirs.
    /// </summary>
    /// <param name="waiting">How many wait.</param>
    /// <param name="language"><c>en</c>; any other is Vietnamese.</param>
    public string Queue(int waiting, string language) =>
        waiting > 0 ? string.Format(Culture(language), Word("QueueMany", language), waiting.ToString("N0", Culture(language)))
        : Word(Kind is WaitKind.Minutes or WaitKind.Over90 ? "QueueBusy" : "QueueNone", language);

    // An older hub sends no state of the counters, and an even older one no range.
    private static Wait Of(string? counterState, int? seconds, IReadOnlyList<int>? range) => (counterState, range, seconds) switch
    {
        ("closed", _, _) => new Wait(WaitKind.NoOfficer),
        ("paused", _, _) => new Wait(WaitKind.Paused),
        (_, [var low, var high], _) => Of(low, high),
        (_, _, { } likely) => Of(likely, likely),
        _ => default,
    };

    private static Wait Of(int lowSeconds, int highSeconds)
    {
        var (low, high) = (Math.Max(0, lowSeconds) / Minute, (int)((highSeconds + Minute - 1L) / Minute));
        return highSeconds < Minute ? new Wait(WaitKind.Now)
            : low > Most ? new Wait(WaitKind.Over90, low, high)
            // "0–1 minutes" is one.
            : new Wait(WaitKind.Minutes, high == 1 ? 1 : low, high);
    }

    private static string Figure(int minutes) => minutes.ToString(CultureInfo.InvariantCulture);

    private static string Word(string name, string language) =>
        Strings.GetString(name, Culture(language)) ?? throw new InvalidOperationException($"The words about waiting have none named {name}.");

    private static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(language == "en" ? "en" : "vi");
}
