using System.Collections.Immutable;
using System.CommandLine;
using Reception.Hall;

namespace Reception.Load;

/// <summary>
/// How many commands the pure rules decide in a second on one core, with their events applied, beside what the collections that hold the hall
/// cost by themselves; against tickets served before, which must not matter. The hall has all its rules: hours, a last ticket by the work left,
/// quotas, days off, a limit a device, both lanes, booked times and visits of two errands.
/// </summary>
internal static class RulesSpeed
{
    private const int Services = 20;
    private const int Counters = 60;
    private const int Waiting = 200;
    private const int Visits = 100;
    private const int CommandsAVisit = 4;
    private static readonly int[] Served = [0, 3_000, 30_000];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    public static Command Make()
    {
        var command = new Command("rules", $"Measures the rules of the queue alone: {Services} services, {Counters} counters, {Waiting} waiting.");
        command.SetAction(_ =>
        {
            var table = new Table();
            Measure(table);
            table.Print();
        });
        return command;
    }

    public static void Measure(Table table)
    {
        foreach (var served in Served)
        {
            var (hall, now) = After(served);
            table.Add($"decisions, {served:N0} served before", $"{Rate(() => Decide(hall, now), Visits * CommandsAVisit):N0}/s with their events applied");
            table.Add("  deciding alone", $"{Rate(() => DecideOnly(hall, now), Visits * CommandsAVisit):N0}/s");
            var tickets = hall.Tickets;
            table.Add("  yardstick: a bare dictionary and a bare queue of that size", $"{Rate(() => Bare(tickets), Visits * CommandsAVisit):N0}/s");
        }
    }

    /// <summary>Runs it over and over on one thread, and gives commands in a second of processor time: others may use the machine too.</summary>
    private static double Rate(Action burst, int commands)
    {
        Run(burst, WarmUp);
        var (bursts, processor) = Run(burst, Long);
        return bursts * commands / processor.TotalSeconds;
    }

    /// <summary>The garbage collector's part of the processor time is the rules' own; so counts the compiler's.</summary>
    private static (int Bursts, TimeSpan Processor) Run(Action burst, TimeSpan time)
    {
        var started = Environment.CpuUsage.TotalTime;
        for (var count = 1; ; count++)
        {
            burst();
            if (Environment.CpuUsage.TotalTime - started is var spent && spent >= time)
            {
                return (count, spent);
            }
        }
    }

    /// <summary>A hundred visits from the same hall: somebody takes a number, somebody is called, started and finished.</summary>
    private static void Decide(HallState hall, DateTimeOffset now)
    {
        for (var visit = 0; visit < Visits; visit++)
        {
            hall = Visit(hall, visit, now.AddSeconds(visit));
        }
    }

    private static HallState Visit(HallState hall, int visit, DateTimeOffset now)
    {
        var counter = (visit % Counters) + 1;
        // As many come as go: for each who goes on to a second errand somebody stays away.
        var isOnlyCalled = visit % 5 == 4;
        hall = isOnlyCalled ? hall : Do(hall, Take(Id(hall.Tickets.Count + 1), visit, now), now);
        hall = Do(hall, new CallNext(counter, Officer(counter)), now);
        hall = isOnlyCalled ? Do(hall, new RecallTicket(counter, Officer(counter)), now) : hall;
        hall = Do(hall, new StartService(counter, Officer(counter)), now);
        return Do(hall, new FinishService(counter, Officer(counter)), now);
    }

    /// <summary>One in eight is priority, one in ten has a booked time, one in five a second errand.</summary>
    private static IssueTicket Take(Guid ticket, int visit, DateTimeOffset now) =>
        new(ticket, Service(visit % Services), visit % 8 == 0 ? Lane.Priority : Lane.Normal)
        {
            Issuer = "kiosk-1",
            Appointment = visit % 10 == 3 ? new Appointment("K7M2Q", now.AddMinutes((visit % 3) - 1)) : null,
            Services = visit % 5 == 2 ? [Service((visit + 1) % Services)] : [],
        };

    private static void DecideOnly(HallState hall, DateTimeOffset now)
    {
        for (var visit = 0; visit < Visits; visit++)
        {
            var counter = (visit % Counters) + 1;
            Take(Id(visit), visit, now).Decide(hall, now);
            new CallNext(counter, Officer(counter)).Decide(hall, now);
            new CallNext(counter, Officer(counter), Service(counter % Services)).Decide(hall, now);
            new UndoEnding(counter, Officer(counter)).Decide(hall, now);
        }
    }

    private static void Bare(ImmutableDictionary<Guid, Ticket> tickets)
    {
        var queue = ImmutableSortedSet.CreateRange(Enumerable.Range(0, Waiting / Services));
        var ticket = tickets.Values.First();
        for (var command = 0; command < Visits * CommandsAVisit; command++)
        {
            tickets = tickets.SetItem(Id(command), ticket);
            queue = queue.Add(Waiting + command).Remove(queue.Min);
        }
    }

    private static (HallState Hall, DateTimeOffset Now) After(int served)
    {
        var hall = HallState.Open(new DateOnly(2026, 11, 23), new Setup
        {
            Site = "H00",
            TimeZone = "Asia/Ho_Chi_Minh",
            TicketsPerDeviceAndMinute = 1000,
            Hours = new OpeningHours([.. Enum.GetValues<DayOfWeek>()], [new Period(new TimeOnly(0, 0), new TimeOnly(23, 59))]) { LastTicketByWork = true },
            Services = [.. Enumerable.Range(0, Services).Select(service =>
                new ServiceSetup(Service(service), ((char)('A' + service)).ToString(), 480) { Quota = new Quota(1_000_000, 1_000_000) })],
            Counters = [.. Enumerable.Range(1, Counters).Select(counter =>
                new CounterSetup(counter, [Service(counter % Services), Service((counter + 1) % Services), Service((counter + 7) % Services)]))],
        });
        for (var counter = 1; counter <= Counters; counter++)
        {
            hall = Do(hall, new StartDuty(Id(-counter), counter, Officer(counter)), Morning);
        }

        for (var waiting = 0; waiting < Waiting; waiting++)
        {
            hall = Do(hall, new IssueTicket(Id(hall.Tickets.Count + 1), Service(waiting % Services), Lane.Normal), Morning);
        }

        for (var visit = 0; visit < served; visit++)
        {
            hall = Visit(hall, visit, Morning.AddSeconds(visit));
        }

        return (hall, Morning.AddSeconds(served));
    }

    private static HallState Do(HallState hall, HallCommand command, DateTimeOffset now)
    {
        var decision = command.Decide(hall, now);
        if (decision.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{command}: {refusal.English}");
        }

        foreach (var happened in decision.Events)
        {
            hall = hall.Apply(happened);
        }

        return hall;
    }

    private static string Service(int number) => Codes[number];

    private static string Officer(int counter) => Officers[counter];

    private static readonly string[] Codes = [.. Enumerable.Range(0, Services).Select(number => $"S{number:00}")];
    private static readonly string[] Officers = [.. Enumerable.Range(0, Counters + 1).Select(number => $"cb{number:00}")];

    // Spread as a version 7 id is: neighbours in time are no neighbours in a hash.
    private static Guid Id(int number) => new(number, (short)(number >> 7), (short)(number * 31), BitConverter.GetBytes(number * 0x1E3779B97F4A7C15L));
}
