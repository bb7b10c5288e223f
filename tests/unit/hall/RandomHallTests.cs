using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Reception.Hall;
using Reception.Hub.Journal;
using Xunit;

namespace Reception.Unit.Tests.Halls;

/// <summary>
/// Officers and citizens who do anything at any time, over many days and changes of the rules: what must hold, holds after every step. The
/// seed of each run is printed; that of the last is a new one every time.
/// </summary>
public sealed class RandomHallTests(ITestOutputHelper output)
{
    private static readonly int Steps = Effort.Of(usual: 20_000, all: 100_000);
    private const int StepsADay = 1000;
    private const int ArrivalsADay = 2000;
    private const int StepsBetweenLooks = 100;
    private const int StepsBetweenLists = 25;
    private static readonly string[] Officers = ["cb01", "cb02", "cb03", "cb04"];
    private static readonly string[] Services = ["HT", "CT", "DD"];
    private static readonly string[] Devices = ["kiosk-1", "kiosk-2"];

    public static TheoryData<int> Seeds() => [1, 2, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_people_do_the_hall_stays_whole_and_fair_and_its_journal_tells_it_again(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var hall = new HallScript();
        var history = new HallHistory(HallScript.Rules());
        var commands = new List<(HallCommand, DateTimeOffset)>(Steps);
        var again = hall.State;
        using var journal = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var told = 0;
        for (var step = 0; step < Steps; step++)
        {
            hall.PassSeconds(random.Next(60));
            var command = AnyCommand(random, hall, step);
            commands.Add((command, hall.Now));
            var events = hall.Do(command).Events;
            var fault = history.Fault(command, events);
            foreach (var happened in events)
            {
                var body = Append(journal, happened, hall.State);
                again = again.Apply(EventBodies.Read(happened.Kind, happened.At, body));
                told++;
            }

            if (fault is null && step % StepsBetweenLooks == 0)
            {
                fault = Fault(hall.State) ?? (Written(hall.State) == Written(again) ? null : "The journal tells another hall.");
            }

            Assert.True(fault is null, $"Seed {seed}, step {step}, {command}: {fault}");
        }

        Assert.Equal(journal.GetCurrentHash(), JournalOf(commands));
        output.WriteLine($"{told} events, {history.Days} days, {history.Tickets} tickets, {history.Turns} turns, {history.Booked} booked");
        Assert.True(history.Booked > Steps / 500, $"Seed {seed}: only {history.Booked} booked calls.");
        Assert.True(told > Steps / 4 && history.Days > Steps / StepsADay / 2 && history.Turns > Steps / 60, $"Seed {seed}: too little happened.");
    }

    /// <summary>Arrivals, calls and transfers: the lists, what is ahead, and the bound that citizens are told.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void In_whatever_order_people_come_nobody_is_passed_by_more_than_the_bound_says(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var hall = new HallScript();
        var history = new HallHistory(hall.State.Setup);
        var compared = new Compared();
        for (var step = 0; step < Steps; step++)
        {
            // Often several arrive in the same instant.
            hall.PassSeconds(random.Next(2) == 0 ? 0 : random.Next(40));
            if (step % ArrivalsADay == 0)
            {
                OpenAgain(hall, history, random);
            }

            var counter = random.Next(1, 4);
            // Half the time more come than can be called: waits go beyond the limit; then the queue is worked off.
            var rush = step / (ArrivalsADay / 4) % 2 == 0;
            HallCommand command = random.Next(rush ? 2 : 5) == 0 ? new IssueTicket(hall.NewId(), Pick(random, Services), (Lane)random.Next(2)) { Appointment = random.Next(8) == 0 ? AnyTime(random, hall) : null }
                : hall.State.Counters[counter].InHand is null ? new CallNext(counter, Officers[counter])
                : random.Next(4) == 0 ? AnyTransfer(random, counter, Officers[counter])
                : new FinishService(counter, Officers[counter]);
            var fault = history.Fault(command, hall.Do(command).Events);
            Assert.True(fault is null, $"Seed {seed}, step {step}, {command}: {fault}");
            if (step % StepsBetweenLists == 0)
            {
                DemandThatAheadIsThePlaceInTheList(hall, compared, $"Seed {seed}, step {step}");
            }
        }

        output.WriteLine($"{history.Tickets} tickets, {history.Turns} turns, {history.Booked} booked; {compared}");
        Assert.True(history.Booked > Steps / 100, $"Seed {seed}: only {history.Booked} booked calls.");
        Assert.True(history.Turns > Steps / 5, $"Seed {seed}: only {history.Turns} turns.");
        Assert.True(compared.Fewest > Steps / 50, $"Seed {seed}: only {compared}.");
    }

    /// <summary>Another day, with other turns of the lanes; the same counters serve the same services.</summary>
    private static void OpenAgain(HallScript hall, HallHistory history, Random random)
    {
        var rules = AnyRules(random) with { TicketsPerDeviceAndMinute = 0 };
        List<HallCommand> commands =
        [
            new OpenDay(hall.State.Day.AddDays(1), rules with { Counters = [.. HallScript.Rules().Counters.Select(counter => counter with { Order = (CounterOrder)random.Next(2) })] }),
            .. Enumerable.Range(1, 3).Select(counter => new StartDuty(hall.NewId(), counter, Officers[counter])),
        ];
        foreach (var command in commands)
        {
            Assert.Null(history.Fault(command, hall.Do(command).Events));
        }
    }

    /// <summary>
    /// Of one service, those before a ticket in a counter's list are those ahead of it. A ticket for any of several counters does not see those that
    /// were sent to one of them: its place is that in the list without them.
    /// </summary>
    private static void DemandThatAheadIsThePlaceInTheList(HallScript hall, Compared compared, string when)
    {
        bool IsForOne(Ticket ticket) => ticket.Counter is not null || hall.State.Services[ticket.Service].Counters.Length == 1;
        foreach (var counter in hall.State.Counters.Values)
        {
            Compare(counter, IsForOne);
            Compare(counter with { Queue = ImmutableDictionary<string, Lanes>.Empty }, ticket => !IsForOne(ticket));
        }

        void Compare(Counter counter, Predicate<Ticket> isMeant)
        {
            var list = hall.State.CallableAt(counter, hall.Now).Concat(hall.State.BookedLaterAt(counter, hall.Now));
            foreach (var service in list.GroupBy(ticket => ticket.Service).Select(service => service.ToList()))
            {
                for (var place = 0; place < service.Count; place++)
                {
                    var ticket = service[place];
                    if (isMeant(ticket))
                    {
                        var ahead = hall.State.Ahead(ticket, hall.Now);
                        Assert.True(ahead == place, $"{when}: {ticket.Number} at counter {counter.Number} has place {place}, and {ahead} ahead of it.");
                        compared.Count(ticket, place == 0 ? null : service[place - 1], hall.State.Setup.LaneRule.WaitLimit, hall.Now);
                    }
                }
            }
        }
    }

    /// <summary>How many tickets of each kind were compared.</summary>
    private sealed class Compared
    {
        public int NormalOverLimit { get; private set; }

        public int PriorityOverLimit { get; private set; }

        public int PriorityInTime { get; private set; }

        /// <summary>Tickets over the limit that arrived in the same instant as the one before them, of the other lane.</summary>
        public int Ties { get; private set; }

        public int Transferred { get; private set; }

        public int SentToCounter { get; private set; }

        public int Fewest => new[] { NormalOverLimit, PriorityOverLimit, PriorityInTime, Ties, Transferred, SentToCounter }.Min();

        public void Count(Ticket ticket, Ticket? before, TimeSpan limit, DateTimeOffset now)
        {
            var isLate = ticket.Appointment is null && now - ticket.IssuedAt > limit;
            NormalOverLimit += isLate && ticket.Lane == Lane.Normal ? 1 : 0;
            PriorityOverLimit += isLate && ticket.Lane == Lane.Priority ? 1 : 0;
            PriorityInTime += !isLate && ticket.Lane == Lane.Priority ? 1 : 0;
            Ties += isLate && before is { Appointment: null } && before.IssuedAt == ticket.IssuedAt && before.Lane != ticket.Lane ? 1 : 0;
            Transferred += ticket.QueuedAt != ticket.IssuedAt ? 1 : 0;
            SentToCounter += ticket.Counter is not null ? 1 : 0;
        }

        public override string ToString() =>
            $"over the limit {NormalOverLimit} normal and {PriorityOverLimit} priority, {PriorityInTime} priority in time, {Ties} ties, {Transferred} transferred, {SentToCounter} for one counter";
    }

    /// <summary>The journal that the same commands at the same instants give.</summary>
    private static byte[] JournalOf(List<(HallCommand Command, DateTimeOffset At)> commands)
    {
        using var journal = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hall = new HallScript().State;
        foreach (var (command, at) in commands)
        {
            var events = command.Decide(hall, at).Events;
            hall = events.Aggregate(hall, (state, happened) => state.Apply(happened));
            foreach (var happened in events)
            {
                Append(journal, happened, hall);
            }
        }

        return journal.GetCurrentHash();
    }

    private static string Append(IncrementalHash journal, HallEvent happened, HallState after)
    {
        var body = EventBodies.Write(happened, after);
        journal.AppendData(Encoding.UTF8.GetBytes($"{happened.Kind} {happened.At:O} {body}\n"));
        return body;
    }

    /// <summary>Anything, of anybody; now and then the day ends or an administrator changes the rules.</summary>
    private static HallCommand AnyCommand(Random random, HallScript hall, int step)
    {
        if (step % StepsADay == StepsADay - 1)
        {
            return new OpenDay(hall.State.Day.AddDays(1), AnyRules(random));
        }

        if (random.Next(300) == 0)
        {
            return new NewRules(AnyRules(random, random.Next(3) == 0 ? Pick(random, Services) : null));
        }

        var counter = random.Next(1, 4);
        // Mostly the officer who is there; sometimes one who is not.
        var officer = random.Next(8) > 0 && hall.State.Counters[counter].Officer is { } there ? there : Pick(random, Officers);
        var ticket = hall.State.Tickets.Count == 0 || random.Next(10) == 0 ? hall.NewId() : Pick(random, [.. hall.State.Tickets.Keys]);
        return random.Next(21) switch
        {
            <= 4 => new IssueTicket(hall.NewId(), Pick(random, Services), (Lane)random.Next(2))
            {
                Services = random.Next(4) == 0 ? [.. random.GetItems(Services, random.Next(1, 3))] : [],
                Issuer = Pick(random, Devices),
                Appointment = random.Next(4) == 0 ? AnyTime(random, hall) : null,
            },
            5 => new StartDuty(hall.NewId(), counter, Pick(random, Officers)),
            6 => new EndDuty(counter, officer),
            7 or 8 => new CallNext(counter, officer, random.Next(4) == 0 ? Pick(random, Services) : null),
            9 => new CallTicket(counter, officer, ticket),
            10 => new RecallTicket(counter, officer),
            11 or 12 => new StartService(counter, officer),
            13 or 14 => new FinishService(counter, officer, (Outcome)random.Next(4)),
            15 => new RecordNoShow(counter, officer),
            16 => new HoldTicket(counter, officer),
            17 => AnyTransfer(random, counter, officer),
            18 => random.Next(2) == 0 ? new PauseCounter(counter, officer) : new ResumeCounter(counter, officer),
            19 => new UndoEnding(counter, officer),
            _ => random.Next(2) == 0 ? new CancelTicket(ticket, officer, null) : new CancelTicket(ticket, null, CancelTicket.ByPhone),
        };
    }

    /// <summary>To a service, or to a counter for the same service.</summary>
    private static TransferTicket AnyTransfer(Random random, int counter, string officer) => random.Next(2) == 0
        ? new TransferTicket(counter, officer, Pick(random, Services), null)
        : new TransferTicket(counter, officer, null, random.Next(1, 4));

    /// <summary>A booked time somewhat before or after now.</summary>
    private static Appointment AnyTime(Random random, HallScript hall) => new("48213907", hall.Now.AddSeconds(random.Next(-1800, 3600)));

    /// <summary>Other counters for the services, other turns of the lanes, hours and quotas; without a service where one is named.</summary>
    private static Setup AnyRules(Random random, string? without = null) => HallScript.Rules() with
    {
        Services = [.. HallScript.Rules().Services.Where(service => service.Code != without).Select(service => service with
        {
            Quota = random.Next(4) == 0 ? new Quota(random.Next(1, 60), random.Next(1, 60)) : null,
        })],
        Hours = random.Next(3) == 0 ? AnyHours(random) : null,
        Appointments = random.Next(3) == 0 ? null : new AppointmentRule(random.Next(0, 1800)),
        Lanes = random.Next(3) == 0 ? null : new LaneRule(random.Next(1, 4), random.Next(60, 3600)),
        TicketsPerDeviceAndMinute = random.Next(4),
        Counters = [.. Enumerable.Range(1, 3).Select(number => new CounterSetup(number, [.. random.GetItems([.. Services.Where(code => code != without)], random.Next(1, 4)).Distinct()])
        {
            Order = (CounterOrder)random.Next(2),
        })],
    };

    private static OpeningHours AnyHours(Random random) => new(
        [.. Enum.GetValues<DayOfWeek>()],
        [new Period(TimeOnly.MinValue, new TimeOnly(11, 30)) { LastTicket = random.Next(2) == 0 ? new TimeOnly(11, 0) : null }, new Period(new TimeOnly(13, 0), new TimeOnly(23, 30))]);

    private static T Pick<T>(Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>The first thing that does not hold, or null.</summary>
    private static string? Fault(HallState hall)
    {
        var twice = hall.Tickets.Values.GroupBy(ticket => ticket.Number).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            return $"{twice.Key} was given out twice.";
        }

        var inHand = hall.Counters.Values.Where(counter => counter.InHand is not null).ToList();
        if (inHand.Select(counter => counter.InHand).Distinct().Count() != inHand.Count)
        {
            return "A ticket is in hand at two counters.";
        }

        foreach (var counter in inHand)
        {
            if (!(hall.InHand(counter) is { IsInHand: true } ticket && ticket.Counter == counter.Number && counter.Status == CounterStatus.Open))
            {
                return $"Counter {counter.Number} is {counter.Status} and holds {hall.InHand(counter)}.";
            }
        }

        if (hall.Tickets.Values.Count(ticket => ticket.IsInHand) != inHand.Count)
        {
            return "A called or serving ticket is in nobody's hand.";
        }

        var officers = hall.Counters.Values.Where(counter => counter.Officer is not null).ToList();
        if (officers.Select(counter => counter.Officer).Distinct().Count() != officers.Count)
        {
            return "An officer is at two counters.";
        }

        if (hall.Counters.Values.FirstOrDefault(counter => counter.Officer is null && !counter.Queue.IsEmpty) is { } left)
        {
            return $"Somebody waits for counter {left.Number} alone, where nobody sits.";
        }

        var queued = hall.Services.Values.Select(service => service.Waiting)
            .Concat(hall.Counters.Values.SelectMany(counter => counter.Queue.Values)).SelectMany(line => line.Entries).Select(entry => entry.Ticket).ToList();
        if (!Same(queued, hall, TicketState.Waiting) || !Same(hall.Held.Select(entry => entry.Ticket), hall, TicketState.Held)
            || !Same(hall.NoShows.Select(entry => entry.Ticket), hall, TicketState.NoShow))
        {
            return "A queue differs from what the tickets' states say.";
        }

        if (hall.Tickets.Values.FirstOrDefault(ticket => ticket.State == TicketState.Waiting && ticket.Counter is null && !hall.IsServed(ticket.Service)) is { } forgotten)
        {
            return $"{forgotten.Number} waits where nobody can call it.";
        }

        foreach (var service in hall.Services.Values)
        {
            if (service.WaitingCount != hall.Tickets.Values.Count(ticket => ticket.State == TicketState.Waiting && ticket.Service == service.Setup.Code))
            {
                return $"{service.Setup.Code} counts {service.WaitingCount} waiting.";
            }
        }

        return null;
    }

    private static bool Same(IEnumerable<Guid> queue, HallState hall, TicketState state) =>
        queue.Order().SequenceEqual(hall.Tickets.Values.Where(ticket => ticket.State == state).Select(ticket => ticket.Id).Order());

    /// <summary>All that a hall holds, in an order that does not depend on how it came to be.</summary>
    private static string Written(HallState hall) => string.Join('\n',
        hall.Tickets.OrderBy(ticket => ticket.Key).Select(ticket => $"{EventBodies.WriteTicket(ticket.Value)} {ticket.Value.Told}")
            .Concat(hall.Services.OrderBy(service => service.Key, StringComparer.Ordinal).Select(service =>
                $"{service.Key} {service.Value.Issued} {service.Value.IssuedPriority} {service.Value.Errands} {service.Value.ErrandsInMorning} {service.Value.WaitingAtCounters} {service.Value.LastCalled} {service.Value.PriorityInARow} {string.Join(' ', service.Value.CounterTimes)} | "
                + string.Join(' ', service.Value.Waiting.Entries)))
            .Concat(hall.Counters.Values.Select(counter =>
                $"{counter with { Queue = ImmutableDictionary<string, Lanes>.Empty }} {(counter.LastEnding is { } last ? $"{EventBodies.WriteTicket(last.Before)} {last.Officer} {last.At:O}" : null)} "
                + string.Join(' ', counter.Queue.Values.SelectMany(line => line.Entries).Order())))
            .Concat(hall.TakenByDevice.OrderBy(device => device.Key, StringComparer.Ordinal).Select(device => $"{device.Key} {string.Join(' ', device.Value)}"))
            .Append(string.Join(' ', hall.Held))
            .Append(string.Join(' ', hall.NoShows))
            .Append(string.Join(' ', hall.Calls)));

    /// <summary>An administrator changes the set-up in the middle of the day, as the writer takes it over: where nothing that is out loses by it.</summary>
    private sealed record NewRules(Setup Setup) : HallCommand
    {
        public override Decision Decide(HallState hall, DateTimeOffset now) => SetupFaults.Of(Setup, hall).Any()
            ? Decision.Refused(Refusal.NotNow("Chưa được.", "It contradicts the day."))
            : Decision.Happened(new SetupChanged(now, Setup));
    }
}
