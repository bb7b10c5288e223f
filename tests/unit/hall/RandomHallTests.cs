using Reception.Hall;
using Reception.Hub.Journal;
using Xunit;

namespace Reception.Unit.Tests.Halls;

/// <summary>Officers and citizens who do anything at any time: what must hold, holds after every step.</summary>
public sealed class RandomHallTests
{
    private const int Steps = 300;
    private static readonly string[] Officers = ["cb01", "cb02", "cb03", "cb04"];
    private static readonly string[] Services = ["HT", "CT", "DD"];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_people_do_the_hall_stays_whole(int seed)
    {
        var random = new Random(seed);
        var hall = new HallScript();
        for (var step = 0; step < Steps; step++)
        {
            hall.PassSeconds(random.Next(20));
            var command = AnyCommand(random, hall);
            hall.Do(command);
            Assert.True(Fault(hall.State) is not { } fault, $"Seed {seed}, step {step}, {command}: {Fault(hall.State)}");
        }

        Assert.True(hall.Events.Count > Steps / 4, $"Seed {seed}: only {hall.Events.Count} events happened.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_same_hall_comes_of_the_journal_again(int seed)
    {
        var random = new Random(seed);
        var hall = new HallScript();
        var again = HallState.Open(hall.State.Day, HallScript.Rules());
        for (var step = 0; step < Steps; step++)
        {
            hall.PassSeconds(random.Next(20));
            foreach (var happened in hall.Do(AnyCommand(random, hall)).Events)
            {
                again = again.Apply(EventBodies.Read(happened.Kind, happened.At, EventBodies.Write(happened, hall.State)));
            }
        }

        Assert.Equal(Written(hall.State), Written(again));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 100)];

    private static HallCommand AnyCommand(Random random, HallScript hall)
    {
        var counter = random.Next(1, 4);
        // Mostly the officer who is there; sometimes one who is not.
        var officer = random.Next(8) > 0 && hall.State.Counters[counter].Officer is { } there ? there : Pick(random, Officers);
        var ticket = hall.State.Tickets.Count == 0 || random.Next(10) == 0 ? hall.NewId() : Pick(random, [.. hall.State.Tickets.Keys]);
        return random.Next(21) switch
        {
            <= 4 => new IssueTicket(hall.NewId(), Pick(random, Services), (Lane)random.Next(2))
            {
                Services = random.Next(4) == 0 ? [Pick(random, Services)] : [],
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
            17 => random.Next(2) == 0
                ? new TransferTicket(counter, officer, Pick(random, Services), null)
                : new TransferTicket(counter, officer, null, random.Next(1, 4)),
            18 => random.Next(2) == 0 ? new PauseCounter(counter, officer) : new ResumeCounter(counter, officer),
            19 => new UndoEnding(counter, officer),
            _ => new CancelTicket(ticket, officer, null),
        };
    }

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

        var queued = hall.Services.Values.SelectMany(service => service.Waiting)
            .Concat(hall.Counters.Values.SelectMany(counter => counter.Queue)).Select(entry => entry.Ticket).ToList();
        if (!Same(queued, hall, TicketState.Waiting) || !Same(hall.Held.Select(entry => entry.Ticket), hall, TicketState.Held)
            || !Same(hall.NoShows.Select(entry => entry.Ticket), hall, TicketState.NoShow))
        {
            return "A queue differs from what the tickets' states say.";
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
        hall.Tickets.OrderBy(ticket => ticket.Key).Select(ticket => EventBodies.WriteTicket(ticket.Value))
            .Concat(hall.Services.OrderBy(service => service.Key, StringComparer.Ordinal).Select(service =>
                $"{service.Key} {service.Value.Issued} {service.Value.LastCalled} {string.Join(' ', service.Value.ServiceTimes)} | {string.Join(' ', service.Value.Waiting)}"))
            .Concat(hall.Counters.Values.Select(counter =>
                $"{counter with { Queue = [] }} {counter.LastEnding?.Before.Number} {string.Join(' ', counter.Queue)}"))
            .Append(string.Join(' ', hall.Held))
            .Append(string.Join(' ', hall.NoShows))
            .Append(string.Join(' ', hall.Calls)));
}
