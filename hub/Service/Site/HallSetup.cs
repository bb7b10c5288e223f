using System.Collections.Immutable;
using System.Security.Cryptography;
using Reception.Hall;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Site;

/// <summary>The whole set-up as it stands: the hall with its names, who may sign in, which devices belong to it.</summary>
internal sealed class HallSetup
{
    private static readonly Phrasebook Phrases = new([typeof(HallSetup).Assembly]);

    private readonly SiteRules _rules;
    private readonly ImmutableDictionary<int, CounterEntry> _counters;
    private readonly ImmutableDictionary<string, OfficerEntry> _officers;
    private readonly ImmutableDictionary<string, ServiceEntry> _services;

    public HallSetup(HallFile file, bool demonstration, ImmutableDictionary<string, string> pins, ImmutableSortedDictionary<string, Device> devices, SiteRules rules)
    {
        _rules = rules;
        (File, IsDemonstration, Pins, Devices) = (file, demonstration, pins.RemoveRange(file.Officers.Where(officer => officer.Left).Select(officer => officer.Code)), devices);
        _counters = file.Counters.ToImmutableDictionary(counter => counter.Number);
        _officers = file.Officers.ToImmutableDictionary(officer => officer.Code);
        _services = file.Services.ToImmutableDictionary(service => service.Code);
        Zone = Zones.Find(file.Site.TimeZone);
        Catalog = MakeCatalog(file);
        CatalogBytes = ProtocolJson.Write(Catalog);
        CatalogTag = $"\"{Convert.ToHexStringLower(SHA256.HashData(CatalogBytes))[..16]}\"";
        Rules = file.ToSetup(rules) with { Catalog = CatalogTag };
    }

    public HallFile File { get; }

    /// <summary>Whether the accounts are those of the demonstration, with a PIN that everybody knows.</summary>
    public bool IsDemonstration { get; }

    /// <summary>Hashes of PINs by officer's code; who has none, or works here no more, can't sign in.</summary>
    public ImmutableDictionary<string, string> Pins { get; }

    /// <summary>Who must change the PIN first, because somebody else has made it.</summary>
    public ImmutableHashSet<string> PinsToChange { get; init; } = [];

    public ImmutableSortedDictionary<string, Device> Devices { get; }
    public TimeZoneInfo Zone { get; }

    /// <summary>What the pure hall needs of it.</summary>
    public Hall.Setup Rules { get; }

    public CatalogDocument Catalog { get; }
    public byte[] CatalogBytes { get; }

    /// <summary>The catalogue's entity tag.</summary>
    public string CatalogTag { get; }

    public string CounterName(int number) => _counters.GetValueOrDefault(number)?.Name ?? $"Quầy {number}";

    public string OfficerName(string code) => _officers.GetValueOrDefault(code)?.Name ?? code;

    public OfficerEntry? Officer(string code) => _officers.GetValueOrDefault(code);

    public ServiceEntry? Service(string code) => _services.GetValueOrDefault(code);

    /// <summary>Devices of a counter of one of these kinds.</summary>
    public IEnumerable<Device> DevicesAt(int counter, params string[] kinds) =>
        Devices.Values.Where(device => device.Counter == counter && kinds.Contains(device.Kind));

    /// <summary>Why a hall file can't be in force now, or null.</summary>
    public SetupFault? Fault(HallFile next, HallState hall) =>
        SetupFaults.Of(next.ToSetup(_rules), hall, File.RenamedIn(next)).FirstOrDefault()
        ?? hall.Counters.Values.Where(counter => counter.Officer is { } code && !next.Officers.Any(officer => officer.Code == code && officer is { Role: Roles.Officer, Left: false }))
            .Select(counter => new SetupFault(
                $"officers.{counter.Officer}",
                $"đang trực quầy {counter.Number}; hãy đổi khi người đó đã rời quầy",
                $"on duty at counter {counter.Number}; change it when they have left the counter"))
            .FirstOrDefault();

    /// <summary>How many who wait now a hall file would call in another order.</summary>
    public int Reorders(HallFile next, HallState hall) => next.ToSetup(_rules).Reorders(hall);

    private static CatalogDocument MakeCatalog(HallFile file) => new()
    {
        Site = new CatalogSite(file.Site.Code, file.Site.Name, file.Site.ShortName ?? file.Site.Name, file.Site.Province, file.Site.TimeZone),
        ForwardNextDayAfter = file.OpeningHours?.ForwardNextDayAfter,
        Holidays = [.. file.Holidays.Where(holiday => holiday.Worked != true).OrderBy(holiday => holiday.Date).Select(holiday => new CatalogHoliday(holiday.Date, holiday.Name, holiday.English ?? holiday.Name))],
        Lanes = MakeLanes((file.Lanes ?? new LanesEntry()).ToRule()),
        Appointments = MakeAppointments((file.Appointments ?? new AppointmentsEntry()).ToRule()),
        Services = [.. file.Services.Select(service => new CatalogService(service.Code, service.Prefix, service.Name, service.English ?? service.Name))],
        Counters = [.. file.Counters.Select(counter => new CatalogCounter(counter.Number, counter.Name ?? $"Quầy {counter.Number}", counter.Services))],
        Procedures = file.Procedures,
        Officers = [.. file.Officers.Where(officer => officer is { Role: Roles.Officer, Left: false })
            .Select(officer => new CatalogOfficer(officer.Code, officer.Name, officer.Title, officer.Photo))],
    };

    /// <summary>When booked citizens are called, as a sentence that they can read.</summary>
    private static CatalogAppointments MakeAppointments(AppointmentRule rule)
    {
        var minutes = rule.LateSeconds / 60;
        return new CatalogAppointments(minutes, Phrases.In("vi")["screens.appointments", minutes], Phrases.In("en")["screens.appointments", minutes]);
    }

    /// <summary>How the lanes take turns, as a sentence that a citizen can read.</summary>
    private static CatalogLanes MakeLanes(LaneRule rule)
    {
        var minutes = (int)rule.WaitLimit.TotalMinutes;
        string In(string language) => Phrases.In(language)["screens.lanes", rule.PriorityInARow, minutes];
        return new CatalogLanes(rule.PriorityInARow, minutes, In("vi"), In("en"));
    }
}

/// <summary>A registered device.</summary>
/// <param name="Counter">The counter it stands at, or null.</param>
/// <param name="SecretHash">What is kept of its secret: <see cref="Secrets.Hash"/>.</param>
internal sealed record Device(string Id, string Kind, int? Counter, string SecretHash)
{
    /// <summary>What people call it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Since when it is at its counter.</summary>
    public DateTimeOffset CounterSince { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The counter it stood at then; null where it came there later.</summary>
    /// <param name="instant">The moment that is asked for.</param>
    /// <param name="now">The hub's time: what lies after it was written by a wrong clock.</param>
    public int? CounterAt(DateTimeOffset instant, DateTimeOffset now) => instant < CounterSince && CounterSince <= now ? null : Counter;
}

/// <summary>What the hub's configuration says of the hall's rules.</summary>
/// <param name="AlwaysOpen">Overrides the opening hours.</param>
/// <param name="TicketsPerDeviceAndMinute">0 sets no limit.</param>
internal sealed record SiteRules(bool AlwaysOpen, int TicketsPerDeviceAndMinute)
{
    /// <summary>Nothing besides what the hall file says.</summary>
    public static SiteRules OfFile { get; } = new(AlwaysOpen: false, TicketsPerDeviceAndMinute: 0);
}
