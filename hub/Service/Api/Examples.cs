using System.Text;
using Reception.Hub.Appointments;
using Reception.Hub.Devices;
using Reception.Hub.Statistics;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Api;

/// <summary>One morning of one hall, for the OpenAPI document.</summary>
internal static class Examples
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 30, 0, TimeSpan.FromHours(7));
    private static readonly OfficerDocument Officer = new("cb01", "Nguyễn Thị Minh Họa");
    private static readonly Guid Id = new("019ab1a2-5c1e-7d30-8f0a-2b6c4d8e9f10");

    public static TicketDocument Waiting { get; } = new()
    {
        Id = Id,
        Number = "A012",
        Service = "HT",
        Lane = "normal",
        State = "waiting",
        Ahead = 3,
        EstimatedWaitSeconds = 540,
        EstimatedWaitRange = [420, 780],
        IssuedAt = Now,
        Printed = "printed",
        CounterState = "open",
    };

    public static TicketDocument Issued { get; } = Waiting with
    {
        Printed = "pending",
        Link = "http://192.168.1.10:8080/t/5pmv2c7k3x9q4n8wa",
    };

    public static TicketDocument ByPhone { get; } = Issued with { Printed = "none" };

    public static TicketDocument Called { get; } = Waiting with
    {
        State = "called",
        Counter = 3,
        Ahead = 0,
        EstimatedWaitSeconds = null,
        EstimatedWaitRange = null,
        CalledAt = Now.AddMinutes(9),
        CounterState = null,
    };

    public static TicketDocument Serving { get; } = Called with { State = "serving", StartedAt = Now.AddMinutes(10) };

    public static TicketDocument Cancelled { get; } = Waiting with
    {
        State = "cancelled",
        Ahead = 0,
        EstimatedWaitSeconds = null,
        EstimatedWaitRange = null,
        CounterState = null,
    };

    public static CounterDocument Counter(string state = "open", TicketDocument? ticket = null) => new()
    {
        Number = 3,
        Name = "Quầy 3",
        State = state,
        Officer = Officer,
        Services = ["HT"],
        Ticket = ticket,
        Waiting = 7,
    };

    public static HallDocument Hall { get; } = new()
    {
        Site = new SiteDocument("H55.242", "Trung tâm Phục vụ hành chính công phường Minh Họa"),
        Day = DateOnly.FromDateTime(Now.DateTime),
        At = Now,
        Version = 118,
        Services =
        [
            new HallService
            {
                Code = "HT",
                Waiting = 7,
                LastCalled = "A011",
                EstimatedWaitSeconds = 900,
                EstimatedWaitRange = [720, 1200],
                Open = true,
                CounterState = "open",
            },
        ],
        Counters = [new HallCounter { Number = 3, State = "open", Serving = "A011", Officer = Officer.Code, Waiting = 7 }],
        Calls = [new HallCall("A011", 3, Now.AddMinutes(-2), 1)],
        Catalog = "\"6f1d2c3b\"",
    };

    public static string Event { get; } =
        EventStream.Text("counter", Encoding.UTF8.GetString(ProtocolJson.Write(Hall.Counters[0])), Hall.Version);

    public static CatalogDocument Catalog { get; } = new()
    {
        Site = new CatalogSite(Hall.Site.Code, Hall.Site.Name, "Phường Minh Họa", "Tỉnh Minh Họa", "Asia/Ho_Chi_Minh"),
        ForwardNextDayAfter = "15:00",
        Holidays = [new CatalogHoliday(new DateOnly(2027, 1, 1), "Tết Dương lịch", "New Year's Day")],
        Lanes = new CatalogLanes(
            2, 30, "Số ưu tiên được gọi trước, tối đa hai số liên tiếp.", "Priority numbers go first, at most two in a row."),
        Services = [new CatalogService("HT", "A", "Hộ tịch", "Civil status")],
        Counters = [new CatalogCounter(3, "Quầy 3", ["HT"])],
        Procedures =
        [
            new CatalogProcedure
            {
                Code = "1.001193",
                Name = "Đăng ký khai sinh",
                English = "Registration of birth",
                Service = "HT",
                TimeLimit = "Trong ngày",
                Papers = ["Giấy chứng sinh"],
            },
        ],
        Officers = [new CatalogOfficer(Officer.Code, Officer.Name, "Công chức", null)],
    };

    public static TicketRequestBody TicketRequest { get; } = new("HT", "normal", null, null, null);

    public static JoinBody Join { get; } = new("482913", "HT", "normal", null, null);

    public static JoinDocument Invitation { get; } = new("http://192.168.1.10:8080/join?code=482913", "482913", Now.AddMinutes(20));

    public static CallBody Call { get; } = new(Id, null);

    public static AppointmentsBody Appointments { get; } = new([new AppointmentBody("2026-11-26T08:30:00+07:00", "HT", "240815")]);

    public static AppointmentsDocument TakenAppointments { get; } = new(
        6, [new AppointmentFault(7, "240815", "Mã này đã có ở dòng 1.", "Line 1 has this code.")]);

    public static IReadOnlyList<DeviceDocument> Devices { get; } =
    [
        new DeviceDocument(
            "kiosk-1", DeviceKinds.Kiosk, null, true, Now, "2.0.0", new PrinterStatus { Paper = "low", Cover = "closed", Online = true },
            [new DeviceFaultDocument("printer-paper-low", "Sắp hết giấy. Hãy thay cuộn giấy.", Now)], null),
    ];

    public static OfficerStatisticsDocument Statistics { get; } = new(
        new DateOnly(2026, 11, 1),
        new DateOnly(2026, 11, 30),
        [
            new OfficerRowDocument(
                Officer, 41, 29, new Dictionary<string, long> { ["1"] = 0, ["2"] = 1, ["3"] = 2, ["4"] = 9, ["5"] = 17 },
                0.897, 0.736, 0.707, 4.45, 412, 733, 1),
        ]);

    public static string Cursor { get; } = new RatingsCursor(Now.ToUnixTimeMilliseconds(), Id).Text;

    public static RatingsDocument Ratings { get; } = new(
        [
            new RatingDocument(
                new Guid("019ab1b4-0f5e-7a10-9c3d-6e1f2a3b4c5d"),
                Now, Now.AddSeconds(1), 5, null, Officer.Code, 3, "HT", Id, true, false, false),
        ],
        null);
}
