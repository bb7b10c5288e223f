using Reception.Hall;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Halls;

/// <summary>A set-up that contradicts itself, or the day that goes on, is told with the reason.</summary>
public sealed class SetupFaultsTests
{
    private static readonly Period Morning = new(new TimeOnly(7, 30), new TimeOnly(11, 30));

    public static TheoryData<Setup, string> Contradictions => new()
    {
        { Rules() with { Services = [new("HT", "A", 480), new("CT", "A", 480), new("DD", "H", 600)] }, "services: the prefix A stands twice" },
        { Rules() with { Services = [.. Rules().Services, new("HT", "Z", 480)] }, "services: the code HT stands twice" },
        { Rules() with { Services = [new("HT", "a", 480)], Counters = [new(1, ["HT"])] }, "services.HT: prefix is one letter A to Z, not 'a'" },
        { Rules() with { Services = [new("HT", "A", 0)], Counters = [new(1, ["HT"])] }, "services.HT: the expected service time is 1 to 480 minutes" },
        { Rules() with { Services = [], Counters = [] }, "services: at least one is needed | counters: 1 to 60 are possible, 0 are given" },
        { Rules() with { Counters = [new(1, ["HT"]), new(2, [])] }, "counters.2: it serves nothing; give it a service" },
        { Rules() with { Counters = [new(1, ["HT"]), new(1, ["CT"])] }, "counters: the number 1 stands twice" },
        { Rules() with { Counters = [new(1, ["HT", "XX"])] }, "counters.1: it names the service XX, which is not in services" },
        { Rules() with { Counters = [new(1, ["HT", "CT", "HT"])] }, "counters.1: it names the service HT twice" },
        { Rules() with { Counters = [new(0, ["HT"])] }, "counters.0: a counter's number is 1 to 999" },
        { Rules() with { Lanes = new LaneRule(0, 60) }, "lanes: priorityInARow is 1 to 20, not 0" },
        { Rules() with { Lanes = new LaneRule(2, 0) }, "lanes: waitLimitMinutes is 1 to 480, not 0" },
        { Rules() with { TimeZone = "Asia/Nowhere" }, "site: timeZone 'Asia/Nowhere' is not known; write Asia/Ho_Chi_Minh" },
        { Open([DayOfWeek.Monday], Morning, new(new TimeOnly(11, 0), new TimeOnly(17, 0))), "openingHours: periods: 07:30–11:30 and 11:00–17:00 overlap" },
        { Open([DayOfWeek.Monday], new Period(new TimeOnly(11, 30), new TimeOnly(7, 30))), "openingHours: periods: 11:30–07:30 ends before it begins" },
        { Open([DayOfWeek.Monday, DayOfWeek.Monday], Morning), "openingHours: days: Monday stands twice" },
        { Open([], Morning), "openingHours: at least one day and one period are needed, or the hall never opens" },
        { Open([DayOfWeek.Monday], Morning, new(new TimeOnly(11, 30), new TimeOnly(17, 0))), "" },
        { Open([DayOfWeek.Monday], Morning with { LastTicket = new TimeOnly(11, 45) }), "openingHours: periods: the last ticket at 11:45 is outside 07:30–11:30" },
        { Open([DayOfWeek.Monday], Morning with { LastTicket = new TimeOnly(7, 30) }), "openingHours: periods: the last ticket at 07:30 is outside 07:30–11:30" },
        { Open([DayOfWeek.Monday], Morning with { LastTicket = new TimeOnly(11, 30) }), "" },
        { Closed(new DateOnly(2026, 9, 2), new DateOnly(2026, 9, 2)), "holidays: 2026-09-02 stands twice" },
        { Limited(new Quota(0, null)), "services.HT: a quota is at least 1; leave it out where there is none" },
        { Limited(new Quota(10, -1)), "services.HT: a quota is at least 1; leave it out where there is none" },
        { Limited(new Quota(null, 1)), "" },
        { Rules(), "" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_set_up_that_contradicts_itself_is_told(Setup setup, string reasons) =>
        Assert.Equal(reasons, string.Join(" | ", SetupFaults.Of(setup)));

    [Fact]
    public void A_service_with_open_numbers_is_neither_removed_nor_renamed()
    {
        var hall = Opened();
        hall.Take("CT", "HT");
        Setup without = Rules() with { Services = [new("CT", "B", 480), new("DD", "H", 600)], Counters = [new(1, ["CT"]), new(2, ["CT"]), new(3, ["DD"])] };
        Setup recoded = Rules() with { Services = [new("HT2", "A", 480), .. without.Services], Counters = [new(1, ["HT2", "CT"]), new(2, ["CT"]), new(3, ["DD"])] };

        Assert.Equal("services.HT: 1 numbers of it are not finished; change it when they are, or after hours", Told(hall, without));
        Assert.Equal("services.HT: 1 numbers of it are not finished; change it when they are, or after hours", Told(hall, recoded));
        Assert.Equal("services.HT: 1 numbers of it are not finished; change it when they are, or after hours", Told(hall, Rules(), "HT"));
        Assert.Equal("", Told(hall, Rules(), "DD"));
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh));
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh));
        Assert.Equal("", Told(hall, without));
    }

    [Fact]
    public void Who_waits_is_called_in_another_order_by_other_turns_or_by_a_counter_that_chooses_otherwise()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.Take("CT");
        hall.Take("CT");
        static Setup At1(params string[] services) => Rules() with { Counters = [Rules().Counters[0] with { Services = [.. services], Order = CounterOrder.Preference }, .. Rules().Counters[1..]] };

        Assert.Equal(0, Rules().Reorders(hall.State));
        Assert.Equal(0, (Rules() with { Lanes = LaneRule.Default }).Reorders(hall.State));
        Assert.Equal(3, (Rules() with { Lanes = new LaneRule(3, 1800) }).Reorders(hall.State));
        Assert.Equal(3, At1("HT", "CT").Reorders(hall.State));
        Assert.Equal(0, (Rules() with { Counters = [new(1, ["CT", "HT"]), .. Rules().Counters[1..]] }).Reorders(hall.State));
        Assert.Equal(0, (Rules() with { Counters = [.. Rules().Counters[..2], new(3, ["DD", "HT"])] }).Reorders(hall.State));
        hall.Apply(new SetupChanged(hall.Now, At1("HT", "CT")));
        Assert.Equal(0, At1("HT", "CT", "DD").Reorders(hall.State));
        Assert.Equal(3, At1("DD", "HT", "CT").Reorders(hall.State));
        Assert.Equal(3, At1("CT", "HT").Reorders(hall.State));
    }

    [Fact]
    public void A_letter_that_was_given_out_today_stays_with_its_service_until_tomorrow()
    {
        var hall = Opened();
        hall.Must(new CancelTicket(hall.Take("HT"), Anh, null));
        Setup swapped = Rules() with { Services = [new("HT", "B", 480), new("CT", "A", 480), new("DD", "H", 600)] };
        Setup moved = Rules() with { Services = [new("NEW", "A", 480), new("CT", "B", 480), new("DD", "H", 600)], Counters = [new(1, ["NEW", "CT", "DD"])] };

        Assert.Equal(
            "services.HT: numbers with A were given out today; the letter can change tomorrow | services.CT: numbers with A were given out today for HT; a number would stand twice",
            Told(hall, swapped));
        Assert.Equal("services.NEW: numbers with A were given out today for HT; a number would stand twice", Told(hall, moved));
        Assert.Equal("", Told(new HallScript(), swapped));
    }

    [Fact]
    public void A_counter_in_use_is_not_removed_and_waiting_numbers_keep_somebody_who_calls_them()
    {
        var hall = Opened();
        hall.Take("DD");
        Setup setup = Rules() with { Counters = [new(2, ["CT", "HT"])] };

        Assert.Equal(
            "services.DD: 1 wait for it, and no counter would serve it | counters.1: an officer is on duty there, or numbers wait for it alone; close it first",
            Told(hall, setup));
    }

    private static string Told(HallScript hall, Setup setup, params string[] renamed) => string.Join(" | ", SetupFaults.Of(setup, hall.State, renamed));

    private static Setup Limited(Quota quota) =>
        Rules() with { Services = [new ServiceSetup("HT", "A", 480) { Quota = quota }], Counters = [new CounterSetup(1, ["HT"])] };

    private static Setup Closed(params DateOnly[] holidays) =>
        Rules() with { Hours = new OpeningHours([DayOfWeek.Monday], [Morning]) { Holidays = [.. holidays] } };

    private static Setup Open(DayOfWeek[] days, params Period[] periods) => Rules() with { Hours = new OpeningHours([.. days], [.. periods]) };
}
