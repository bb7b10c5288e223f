using System.Buffers.Binary;
using Reception.Hall;
using Reception.Hall.Simulation;
using Reception.Hub.Journal;
using Reception.Hub.Ratings;
using Reception.Hub.Tickets;

namespace Reception.Hub.Demonstration;

/// <summary>Lets the people and devices of one day command the hall, in the order of the day, within one transaction.</summary>
internal sealed class HistoryRun
{
    private static readonly TimeSpan Printing = TimeSpan.FromSeconds(2);

    private readonly HallTransaction _transaction;
    private readonly Plan _plan;
    private readonly HallPeople _people;
    private readonly HistoryPresses _presses;
    private readonly Random _ids;

    public HistoryRun(HistoryPeople people, DateOnly date, HallTransaction transaction)
    {
        _transaction = transaction;
        _plan = people.Plan(transaction.Setup.Rules, date);
        _ids = Chance.For(people.Seed, date.DayNumber, 2);
        _people = new HallPeople(_plan, people.StaffedCounters(_plan, date), Execute) { Ids = NewId };
        var presses = Chance.For(people.Seed, date.DayNumber, 3);
        _presses = new HistoryPresses(this, _plan.Ward, presses, officer => people.Manner(officer, date));
    }

    /// <summary>The instant at which somebody acts.</summary>
    public DateTimeOffset Now => _people.Now;

    /// <param name="midnight">The instant from which the opening hours are counted.</param>
    public void Pass(DateTimeOffset midnight)
    {
        var shifts = Plan.Shifts(_plan.Setup);
        _people.PassTo(midnight);
        _people.Begin(_transaction.Hall);
        _people.Come(midnight, shifts, _plan.First.DayNumber);
        if (shifts is [var morning, var afternoon, ..])
        {
            _people.Join(_presses.AtNoon(midnight + morning.To, midnight + afternoon.From));
        }

        _people.RunOut();
    }

    /// <summary>Executes a command of a device at the present instant.</summary>
    public Result<T> Execute<T>(JournalCommand<T> command)
    {
        _transaction.Now = ReportTime.Whole(Now);
        return command.Execute(_transaction);
    }

    /// <summary>An id of version 7 that the seed decides.</summary>
    public Guid NewId(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ids.NextBytes(bytes[6..]);
        Span<byte> instant = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(instant, now.ToUnixTimeMilliseconds());
        instant[2..].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private Executed Execute(HallCommand command, DateTimeOffset now)
    {
        _transaction.Now = ReportTime.Whole(now);
        var before = _transaction.Events.Count;
        if (_transaction.Execute(command) is { } refusal)
        {
            return new Executed(Decision.Refused(refusal), _transaction.Hall);
        }

        var events = _transaction.Events.Skip(before).ToArray();
        foreach (var change in events.OfType<TicketChanged>())
        {
            Follow(change);
        }

        return new Executed(Decision.Happened(events), _transaction.Hall);
    }

    /// <summary>What the kiosk and the citizen do after it.</summary>
    private void Follow(TicketChanged change)
    {
        if (change.Change == TicketChange.Issued)
        {
            _people.Join(Print(change.Ticket));
        }
        else if (change is { Change: TicketChange.Served, Counter: { } counter, Officer: { } officer })
        {
            _people.Join(_presses.Of(change.Ticket, counter, officer));
        }
    }

    private IEnumerable<DateTimeOffset> Print(Ticket ticket)
    {
        yield return Now + Printing;
        Execute(new ReportPaper(ticket.Issuer!, ticket.Id, PrintState.Printed, Copy: false));
    }
}
