using System.Text;
using Reception.Hall;
using Reception.Hub.Api;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Protocol;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Halls;

/// <summary>
/// What every command comes to in every state of a ticket and a counter, by every role, with foreign ids: <c>decisions.txt</c>, written by this
/// test and read by people. A change of a rule changes the table, and is seen there.
/// </summary>
public sealed class DecisionTableTests
{
    private const int Here = 1;
    private const int There = 2;
    private const int Closed = 3;
    private const int Nowhere = 9;

    /// <summary>States of ticket A001 and of counter 1, where Anh is; at counter 2 is Bình, at 3 nobody; A002 waits.</summary>
    private static readonly (string Name, Action<HallScript, Guid> Make)[] States =
    [
        ("waiting", (_, _) => { }),
        ("waiting-for-1", (hall, ticket) => SendTo(hall, ticket, There, Binh, Here)),
        ("waiting-for-2", (hall, ticket) => SendTo(hall, ticket, Here, Anh, There)),
        ("called-at-1", (hall, ticket) => hall.Must(new CallTicket(Here, Anh, ticket))),
        ("called-at-2", (hall, ticket) => hall.Must(new CallTicket(There, Binh, ticket))),
        ("serving-at-1", (hall, ticket) => Serve(hall, ticket, Here, Anh)),
        ("serving-at-2", (hall, ticket) => Serve(hall, ticket, There, Binh)),
        ("held", (hall, ticket) => { Serve(hall, ticket, Here, Anh); hall.Must(new HoldTicket(Here, Anh)); }),
        ("just-served", (hall, ticket) => { Serve(hall, ticket, Here, Anh); hall.Must(new FinishService(Here, Anh)); }),
        ("served", (hall, ticket) => { Serve(hall, ticket, Here, Anh); hall.Must(new FinishService(Here, Anh)); hall.PassSeconds(61); }),
        ("just-no-show", (hall, ticket) => { hall.Must(new CallTicket(Here, Anh, ticket)); hall.Must(new RecordNoShow(Here, Anh)); }),
        ("no-show", (hall, ticket) => { hall.Must(new CallTicket(Here, Anh, ticket)); hall.Must(new RecordNoShow(Here, Anh)); hall.PassSeconds(61); }),
        ("cancelled", (hall, ticket) => hall.Must(new CancelTicket(ticket, null, CancelTicket.ByPhone))),
        ("of-yesterday", (hall, _) => NextDay(hall)),
        ("booked-for-later", (_, _) => { }),
        ("serving-at-1-of-two-errands", (hall, ticket) => Serve(hall, ticket, Here, Anh)),
        ("just-sent-to-the-next-errand", (hall, ticket) => { Serve(hall, ticket, Here, Anh); hall.Must(new FinishService(Here, Anh)); }),
        ("no-show-of-a-service-taken-out", (hall, ticket) => { hall.Must(new CallTicket(Here, Anh, ticket)); hall.Must(new RecordNoShow(Here, Anh)); TakeOut(hall, "HT"); }),
        ("serving-at-1-next-errand-taken-out", (hall, ticket) => { Serve(hall, ticket, Here, Anh); TakeOut(hall, "DD"); }),
        ("1-paused", (hall, _) => hall.Must(new PauseCounter(Here, Anh))),
        ("1-closed", (hall, _) => hall.Must(new EndDuty(Here, Anh))),
    ];

    /// <summary>How A001 is taken, where it is no plain number for HT.</summary>
    private static Guid Take(HallScript hall, string state)
    {
        var ticket = hall.NewId();
        var plain = new IssueTicket(ticket, "HT", Lane.Normal) { Issuer = "kiosk-1" };
        hall.Must(state switch
        {
            "booked-for-later" => plain with { Appointment = new Appointment("K7M2Q", hall.Now.AddMinutes(30)) },
            "serving-at-1-next-errand-taken-out" => plain with { Services = ["DD"] },
            "serving-at-1-of-two-errands" or "just-sent-to-the-next-errand" => plain with { Services = ["CT"] },
            _ => plain,
        });
        hall.PassSeconds(1);
        return ticket;
    }

    /// <summary>What is asked, by whom, at a counter, of a ticket.</summary>
    private static readonly (string Name, Func<HallScript, string, int, Guid, HallCommand> Make)[] Commands =
    [
        ("call-next", (_, who, at, _) => new CallNext(at, who)),
        ("call-next HT", (_, who, at, _) => new CallNext(at, who, "HT")),
        ("call-next DD", (_, who, at, _) => new CallNext(at, who, "DD")),
        ("call-next XX", (_, who, at, _) => new CallNext(at, who, "XX")),
        ("call A001", (_, who, at, ticket) => new CallTicket(at, who, ticket)),
        ("call ????", (hall, who, at, _) => new CallTicket(at, who, hall.NewId())),
        ("recall", (_, who, at, _) => new RecallTicket(at, who)),
        ("start", (_, who, at, _) => new StartService(at, who)),
        ("finish", (_, who, at, _) => new FinishService(at, who, Outcome.Received)),
        ("no-show", (_, who, at, _) => new RecordNoShow(at, who)),
        ("hold", (_, who, at, _) => new HoldTicket(at, who)),
        ("transfer to CT", (_, who, at, _) => new TransferTicket(at, who, "CT", null)),
        ("transfer to XX", (_, who, at, _) => new TransferTicket(at, who, "XX", null)),
        ("transfer to 2", (_, who, at, _) => new TransferTicket(at, who, null, There)),
        ("transfer to 3, closed", (_, who, at, _) => new TransferTicket(at, who, null, Closed)),
        ("transfer to 9", (_, who, at, _) => new TransferTicket(at, who, null, Nowhere)),
        ("pause", (_, who, at, _) => new PauseCounter(at, who)),
        ("resume", (_, who, at, _) => new ResumeCounter(at, who)),
        ("undo", (_, who, at, _) => new UndoEnding(at, who)),
        ("sign-out", (_, who, at, _) => new EndDuty(at, who)),
        ("sign-in", (hall, who, at, _) => new StartDuty(hall.NewId(), at, who)),
    ];

    /// <summary>What is asked at no counter.</summary>
    private static readonly (string Name, Func<HallScript, Guid, HallCommand> Make)[] Others =
    [
        ("take HT", (hall, _) => new IssueTicket(hall.NewId(), "HT", Lane.Normal)),
        ("take HT, then CT", (hall, _) => new IssueTicket(hall.NewId(), "HT", Lane.Priority) { Services = ["CT"] }),
        ("take XX", (hall, _) => new IssueTicket(hall.NewId(), "XX", Lane.Normal)),
        ("take HT, then XX", (hall, _) => new IssueTicket(hall.NewId(), "HT", Lane.Normal) { Services = ["XX"] }),
        ("cancel A001 by phone", (_, ticket) => new CancelTicket(ticket, null, CancelTicket.ByPhone)),
        ("cancel A001 by a leader", (_, ticket) => new CancelTicket(ticket, "ld01", null)),
        ("cancel ????", (hall, _) => new CancelTicket(hall.NewId(), null, CancelTicket.ByPhone)),
        ("today again", (hall, _) => new OpenDay(hall.State.Day, Rules())),
        ("tomorrow", (hall, _) => new OpenDay(hall.State.Day.AddDays(1), Rules())),
    ];

    private static readonly (string Name, Caller Caller)[] Callers =
    [
        ("nobody", new Caller(null, null)),
        .. DeviceKinds.All.Select(kind => ($"a {kind}", new Caller(new Hub.Site.Device($"{kind}-1", kind, 1, ""), null))),
        ("the officer at 1", new Caller(null, new Person(Anh, Roles.Officer, Here))),
        ("the officer at 2", new Caller(null, new Person(Binh, Roles.Officer, There))),
        ("a leader", new Caller(null, new Person("ld01", Roles.Leader, null))),
        ("an administrator", new Caller(null, new Person("qt01", Roles.Administrator, null))),
    ];

    private static readonly (string Name, Func<Caller, Refusal?> Allowed)[] Doors =
    [
        ("take a number", Access.TicketDevice),
        ("look at a ticket", Access.SignedIn),
        ("cancel or print a ticket again", Access.AnyPerson),
        ("command at counter 1", caller => Access.OfficerAt(caller, Here, Opened().State)),
        ("command at counter 9", caller => Access.OfficerAt(caller, Nowhere, Opened().State)),
        ("read ratings and figures", Access.Leads),
        ("confirm the clock", Access.Administers),
    ];

    [Fact]
    public void Every_command_in_every_state_by_every_role_comes_to_what_the_table_says()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "hall", "decisions.txt");
        var table = Table();
        if (!File.Exists(path) || File.ReadAllText(path) != table)
        {
            var found = Path.Combine(Path.GetTempPath(), "decisions.txt");
            File.WriteAllText(found, table);
            Assert.Fail($"The rules decide otherwise than tests/unit/hall/decisions.txt says; what they decide is in {found}.");
        }
    }

    private static string Table()
    {
        var text = new StringBuilder();
        text.AppendLine("What every command comes to, by the state of ticket A001 and of counter 1. Written by DecisionTableTests; a refusal changes nothing.");
        foreach (var (who, officer, at) in new[]
        {
            ("By the officer of counter 1, there", Anh, Here),
            ("By the officer of counter 2, at counter 1", Binh, Here),
            ("By an officer on duty nowhere, at counter 1", Chi, Here),
            ("At a counter that is not there", Anh, Nowhere),
        })
        {
            Chapter(text, who, Commands.Select(command =>
                (command.Name, Outcomes((hall, ticket) => command.Make(hall, officer, at, ticket)))));
        }

        Chapter(text, "At no counter", Others.Select(command => (command.Name, Outcomes(command.Make))));
        text.AppendLine().AppendLine("WHO MAY ASK OVER HTTP");
        foreach (var (name, allowed) in Doors)
        {
            foreach (var outcome in Callers.GroupBy(caller => allowed(caller.Caller)?.Code ?? "may", caller => caller.Name))
            {
                text.Append("  ").Append(name).Append(": ").Append(outcome.Key).Append(": ").AppendLine(string.Join(", ", outcome));
            }
        }

        return text.ToString();
    }

    /// <summary>Commands that come to the same stand together.</summary>
    private static void Chapter(StringBuilder text, string title, IEnumerable<(string Name, string Outcomes)> commands)
    {
        text.AppendLine().AppendLine(title.ToUpperInvariant());
        foreach (var alike in commands.GroupBy(command => command.Outcomes, command => command.Name))
        {
            text.AppendLine().AppendLine(string.Join("; ", alike)).Append(alike.Key);
        }
    }

    private static string Outcomes(Func<HallScript, Guid, HallCommand> command)
    {
        var text = new StringBuilder();
        foreach (var outcome in States.GroupBy(state => ComesTo(state, command), state => state.Name))
        {
            var states = outcome.Count() == States.Length ? "always" : string.Join(", ", outcome);
            text.Append("  ").Append(outcome.Key).Append(": ").AppendLine(states);
        }

        return text.ToString();
    }

    private static string ComesTo((string Name, Action<HallScript, Guid> Make) state, Func<HallScript, Guid, HallCommand> command)
    {
        var hall = Opened();
        hall.SignIn(There, Binh);
        var ticket = Take(hall, state.Name);
        hall.Take("HT");
        state.Make(hall, ticket);
        var (before, asked) = (hall.State, command(hall, ticket));
        var decision = hall.Do(asked);
        if (decision.Refusal is { } refusal)
        {
            Assert.Same(before, hall.State);
            Assert.False(string.IsNullOrWhiteSpace(refusal.Vietnamese) || string.IsNullOrWhiteSpace(refusal.English));
            return refusal.Code;
        }

        return decision.Events.IsEmpty ? asked is CallNext ? "nobody waits" : "nothing happens"
            : string.Join(" + ", decision.Events.Select(happened => happened is TicketChanged change ? $"{happened.Kind} {change.Ticket.Number}" : happened.Kind));
    }

    private static void Serve(HallScript hall, Guid ticket, int counter, string officer)
    {
        hall.Must(new CallTicket(counter, officer, ticket));
        hall.Must(new StartService(counter, officer));
    }

    private static void SendTo(HallScript hall, Guid ticket, int from, string officer, int to)
    {
        hall.Must(new CallTicket(from, officer, ticket));
        hall.Must(new TransferTicket(from, officer, null, to));
    }

    /// <summary>Nobody waits for the service, and an administrator takes it out.</summary>
    private static void TakeOut(HallScript hall, string service)
    {
        foreach (var waiting in hall.State.Tickets.Values.Where(ticket => ticket.State == TicketState.Waiting))
        {
            hall.Must(new CancelTicket(waiting.Id, "ld01", null));
        }

        var without = Rules() with
        {
            Services = [.. Rules().Services.Where(one => one.Code != service)],
            Counters = [.. Rules().Counters.Select(counter => counter with { Services = counter.Services.Remove(service) })],
        };
        hall.Apply(new SetupChanged(hall.Now, without));
    }

    private static void NextDay(HallScript hall)
    {
        hall.Must(new OpenDay(hall.State.Day.AddDays(1), Rules()));
        hall.SignIn(Here, Anh);
        hall.SignIn(There, Binh);
    }
}
