using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Reception.Hall;
using Reception.Protocol;

namespace Reception.Hub.Site;

/// <summary>A hall's set-up with its names, in the form of <c>demo/hall.json</c>.</summary>
internal sealed record HallFile
{
    public required SiteEntry Site { get; init; }
    public OpeningHoursEntry? OpeningHours { get; init; }
    public IReadOnlyList<HolidayEntry> Holidays { get; init; } = [];
    public LanesEntry? Lanes { get; init; }
    public AppointmentsEntry? Appointments { get; init; }
    public required IReadOnlyList<ServiceEntry> Services { get; init; }
    public required IReadOnlyList<CounterEntry> Counters { get; init; }
    public required IReadOnlyList<OfficerEntry> Officers { get; init; }
    public IReadOnlyList<CatalogProcedure> Procedures { get; init; } = [];

    /// <summary>Reads and checks a hall file; a fault is one line that names the file and what is wrong.</summary>
    public static HallFile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartException($"{path}: {exception.Message}");
        }
        catch (StartException exception)
        {
            throw new StartException($"{path}: {exception.Message}");
        }
    }

    public static HallFile Parse(ReadOnlySpan<byte> json)
    {
        var file = JsonSerializer.Deserialize<HallFile>(json, ProtocolJson.Options) ?? throw new StartException("the file is empty");
        file.Check();
        return file;
    }

    /// <summary>What the pure hall needs of it.</summary>
    public Setup ToSetup(SiteRules rules) => new()
    {
        Site = Site.Code,
        TimeZone = Site.TimeZone,
        Hours = rules.AlwaysOpen ? null : OpeningHours?.ToHours(Holidays),
        TicketsPerDeviceAndMinute = rules.TicketsPerDeviceAndMinute,
        Lanes = Lanes?.ToRule(),
        Appointments = Appointments?.ToRule(),
        Services = [.. Services.Select(service => new ServiceSetup(service.Code, service.Prefix, service.ExpectedServiceMinutes * 60)
        {
            Quota = service.Quota?.ToQuota(),
        })],
        Counters = [.. Counters.OrderBy(counter => counter.Number).Select(counter => new CounterSetup(counter.Number, [.. counter.Services])
        {
            Order = Codes.CounterOrder(counter.Order),
        })],
    };

    /// <summary>Services that go by another name in the file that follows this one.</summary>
    public IEnumerable<string> RenamedIn(HallFile next) =>
        from service in Services
        join other in next.Services on service.Code equals other.Code
        where service.Name != other.Name
        select service.Code;

    private void Check()
    {
        foreach (var counter in Counters)
        {
            Demand(counter.Order is null || Codes.CounterOrder(counter.Order) is not null,
                $"counters: {counter.Number}: order is longest-wait or preference, not '{counter.Order}'");
        }

        foreach (var officer in Officers)
        {
            Demand(Roles.All.Contains(officer.Role), $"officers: {officer.Code}: role is officer, leader or administrator, not '{officer.Role}'");
        }

        var twice = Officers.GroupBy(officer => officer.Code).FirstOrDefault(group => group.Count() > 1);
        Demand(twice is null, $"officers: the code {twice?.Key} stands twice");
        Demand(OpeningHours?.Fault() is null, $"openingHours: {OpeningHours?.Fault()}");
        Demand(Holidays.Count == 0 || OpeningHours is not null, "holidays: the hall is always open; give it openingHours");
        var fault = SetupFaults.Of(ToSetup(SiteRules.OfFile)).FirstOrDefault();
        Demand(fault is null, $"{fault}");
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new StartException(otherwise);
        }
    }
}

internal sealed record SiteEntry
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? ShortName { get; init; }
    public string? Province { get; init; }
    public string TimeZone { get; init; } = "Asia/Ho_Chi_Minh";
}

internal sealed record OpeningHoursEntry
{
    public IReadOnlyList<string> Days { get; init; } = [];
    public IReadOnlyList<PeriodEntry> Periods { get; init; } = [];

    /// <summary>What is taken in after this local time is forwarded the next working day.</summary>
    public string? ForwardNextDayAfter { get; init; }

    /// <summary>Whether the last number is given out when the work left would fill the time to the end of the period.</summary>
    public bool LastTicketByWork { get; init; }

    /// <summary>The hours as the pure hall reads them.</summary>
    public OpeningHours ToHours(IReadOnlyList<HolidayEntry> holidays) => new(
        [.. Days.Select(day => WeekDays[day])],
        [.. Periods.Select(period => new Period(Time(period.From)!.Value, Time(period.To)!.Value) { LastTicket = Time(period.LastTicket) })])
    {
        Holidays = DaysOf(holidays, worked: false),
        WorkedDays = DaysOf(holidays, worked: true),
        LastTicketByWork = LastTicketByWork ? true : null,
    };

    private static ImmutableArray<DateOnly>? DaysOf(IReadOnlyList<HolidayEntry> holidays, bool worked) =>
        holidays.Where(holiday => (holiday.Worked == true) == worked).Select(holiday => holiday.Date).Order().ToImmutableArray() is { IsEmpty: false } days ? days : null;

    /// <summary>What is wrong with the hours, or null.</summary>
    public string? Fault() =>
        Days.FirstOrDefault(day => !WeekDays.ContainsKey(day)) is { } unknown ? $"days: '{unknown}' is no day; Mon, Tue, Wed, Thu, Fri, Sat, Sun are"
        : Periods.FirstOrDefault(period => Time(period.From) is not { } from || Time(period.To) is not { } to || from >= to) is { } wrong
            ? $"periods: '{wrong.From}' to '{wrong.To}' is no part of a day; write such as 07:30 and 11:30"
        : Periods.FirstOrDefault(period => period.LastTicket is not null && Time(period.LastTicket) is null) is { } last
            ? $"periods: lastTicket '{last.LastTicket}' is no time; write such as 11:15"
        : ForwardNextDayAfter is not null && Time(ForwardNextDayAfter) is null ? $"forwardNextDayAfter: '{ForwardNextDayAfter}' is no time; write such as 15:00"
        : null;

    private static readonly Dictionary<string, DayOfWeek> WeekDays =
        Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString()[..3], StringComparer.OrdinalIgnoreCase);

    private static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

internal sealed record PeriodEntry(string From, string To)
{
    /// <summary>From this time on no more numbers are given out.</summary>
    public string? LastTicket { get; init; }
}

/// <summary>A day off, or one that is worked in its stead, and what it is called.</summary>
internal sealed record HolidayEntry
{
    public required DateOnly Date { get; init; }
    public required string Name { get; init; }
    public string? English { get; init; }

    /// <summary>Whether it is worked, by the usual periods, though it is no working day of the week: <c>làm bù</c>.</summary>
    public bool? Worked { get; init; }
}

/// <summary>How the lanes take turns.</summary>
internal sealed record LanesEntry
{
    /// <summary>After so many priority calls in a row for a service the next is a normal ticket, if one waits.</summary>
    public int? PriorityInARow { get; init; }

    /// <summary>A ticket of either lane that has waited longer goes first, by arrival.</summary>
    public int? WaitLimitMinutes { get; init; }

    public static LanesEntry Of(LaneRule rule) => new() { PriorityInARow = rule.PriorityInARow, WaitLimitMinutes = (int)rule.WaitLimit.TotalMinutes };

    /// <summary>The rule as the pure hall reads it.</summary>
    public LaneRule ToRule() => new(
        PriorityInARow ?? LaneRule.Default.PriorityInARow,
        WaitLimitMinutes is { } minutes ? minutes * 60 : LaneRule.Default.WaitLimitSeconds);
}

/// <summary>Until when a booked time holds.</summary>
internal sealed record AppointmentsEntry
{
    /// <summary>Who comes later than this after the booked time waits as one without an appointment.</summary>
    public int? LateMinutes { get; init; }

    public static AppointmentsEntry Of(AppointmentRule rule) => new() { LateMinutes = rule.LateSeconds / 60 };

    /// <summary>The rule as the pure hall reads it.</summary>
    public AppointmentRule ToRule() => LateMinutes is { } minutes ? new AppointmentRule(minutes * 60) : AppointmentRule.Default;
}

internal sealed record ServiceEntry
{
    public required string Code { get; init; }
    public required string Prefix { get; init; }
    public required string Name { get; init; }
    public string? English { get; init; }
    public int ExpectedServiceMinutes { get; init; } = 10;
    public QuotaEntry? Quota { get; init; }
}

/// <summary>How many numbers a half day has; what is left out has no limit.</summary>
internal sealed record QuotaEntry
{
    public int? Morning { get; init; }
    public int? Afternoon { get; init; }

    public Quota ToQuota() => new(Morning, Afternoon);
}

internal sealed record CounterEntry
{
    public required int Number { get; init; }
    public string? Name { get; init; }
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary><c>longest-wait</c>, or <c>preference</c>: the first service of the list where one waits.</summary>
    public string? Order { get; init; }
}

internal sealed record OfficerEntry
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? Title { get; init; }
    public string? Photo { get; init; }
    public required string Role { get; init; }

    /// <summary>Whether they work here no more: they sign in no longer, and their figures keep their name.</summary>
    public bool Left { get; init; }
}

/// <summary>What a person may do.</summary>
internal static class Roles
{
    public const string Officer = "officer";
    public const string Leader = "leader";
    public const string Administrator = "administrator";

    public static IReadOnlyList<string> All { get; } = [Officer, Leader, Administrator];
}
