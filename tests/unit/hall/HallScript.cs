using System.Collections.Immutable;
using Reception.Hall;
using Xunit;

namespace Reception.Unit.Tests.Halls;

/// <summary>A hall without disk or clock: commands are decided, their events applied, and time passes when a test says so.</summary>
internal sealed class HallScript
{
    public const string Anh = "cb01";
    public const string Binh = "cb02";
    public const string Chi = "cb03";

    private readonly List<HallEvent> _events = [];
    private int _ids;

    public HallScript(Setup? setup = null) => State = HallState.Open(new DateOnly(2026, 11, 23), setup ?? Rules());

    public HallState State { get; private set; }

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<HallEvent> Events => _events;

    /// <summary>Counters 1 and 2 serve HT and CT, in either order of preference; counter 3 serves DD.</summary>
    public static Setup Rules() => new()
    {
        Site = "H00",
        TimeZone = "Asia/Ho_Chi_Minh",
        Services = [new("HT", "A", 480), new("CT", "B", 480), new("DD", "H", 600)],
        Counters = [new(1, ["HT", "CT"]), new(2, ["CT", "HT"]), new(3, ["DD"])],
    };

    /// <summary>A hall where <see cref="Anh"/> is on duty at counter 1.</summary>
    public static HallScript Opened()
    {
        var hall = new HallScript();
        hall.Must(new StartDuty(hall.NewId(), 1, Anh));
        return hall;
    }

    public Guid NewId()
    {
        _ids++;
        return new Guid(_ids, 0, 0, new byte[8]);
    }

    public void Pass(TimeSpan time) => Now += time;

    public void PassSeconds(double seconds) => Pass(TimeSpan.FromSeconds(seconds));

    public Decision Do(HallCommand command)
    {
        var decision = command.Decide(State, Now);
        foreach (var happened in decision.Events)
        {
            Apply(happened);
        }

        return decision;
    }

    public void Apply(HallEvent happened)
    {
        State = State.Apply(happened);
        _events.Add(happened);
    }

    /// <summary>The refusal's code, or <c>ok</c>.</summary>
    public string Try(HallCommand command) => Do(command).Refusal?.Code ?? "ok";

    /// <summary>Carries out a command that must not be refused.</summary>
    public Decision Must(HallCommand command)
    {
        var decision = Do(command);
        Assert.True(decision.Refusal is null, $"{command} was refused: {decision.Refusal?.English}");
        return decision;
    }

    /// <summary>A citizen takes a number; a second passes.</summary>
    public Guid Take(string service, params ImmutableArray<string> further)
    {
        var id = NewId();
        Must(new IssueTicket(id, service, Lane.Normal) { Services = further, Issuer = "kiosk-1" });
        PassSeconds(1);
        return id;
    }

    public void SignIn(int counter, string officer) => Must(new StartDuty(NewId(), counter, officer));

    /// <summary>The number that is called next, or null where no one waits.</summary>
    public string? CallNext(int counter, string officer, string? service = null)
    {
        Must(new CallNext(counter, officer, service));
        return State.InHand(State.Counters[counter])?.Number;
    }

    public Ticket Ticket(Guid id) => State.Tickets[id];

    public Invitation? Invitation(int counter) => State.Counters[counter].Invitation;

    /// <summary>The stay at a counter is rated now.</summary>
    public void Rate(int counter, Guid ticket) => Apply(new RatingChanged(Now, RatingChange.Recorded, new Rating
    {
        Id = NewId(),
        At = Now,
        FirstAt = Now,
        Level = 5,
        Day = State.Day,
        Stay = 1,
        Ticket = ticket,
        Counter = counter,
        Officer = Anh,
        Service = "HT",
        Device = "rater-1",
    }));
}
