using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>How long a ticket waits, in seconds: a likely value, and the range that eight waits of ten end in.</summary>
public sealed record Estimate(int Seconds, int Low, int High)
{
    private const int Minute = 60;

    /// <summary>So many standard deviations to either side hold eight of ten.</summary>
    private const double EightOfTen = 1.28;

    /// <summary>What the rest of a service under way takes on average, as a share of a whole one: some have just begun, and the long ones are met more often.</summary>
    private const double RestOfService = 0.6;

    /// <summary>What nobody can know, such as an officer's break, as a share of the wait.</summary>
    private const double Unknown = 0.3;

    /// <summary>Less than this part of the time between two calls is no wait, where it is less than a minute, too.</summary>
    private const double Soon = 0.3;

    /// <summary>Priority tickets among those who come, before the day has shown it: one in ten.</summary>
    private const int AssumedTickets = 10;

    /// <summary>The wait that lies before a waiting ticket; null where none of the counters that may call it is open.</summary>
    /// <remarks>A booked one waits for its time first, and then for the desk; the ticket need not stand in the queue yet.</remarks>
    public static Estimate? For(HallState hall, Ticket ticket, DateTimeOffset now)
    {
        if (hall.CounterStatusFor(ticket) != CounterStatus.Open)
        {
            return null;
        }

        var from = ticket.Appointment is { At: var booked } && booked > now ? booked : now;
        var place = new Place(ticket.Service, ticket.Lane, ticket.Entry, ticket.Appointment is not null, from);
        return Make(hall, place, ticket.Counter, wait => hall.Ahead(ticket, from + wait)).Later(from - now);
    }

    /// <summary>The wait of one who took a number now; null where no counter of the service is open.</summary>
    public static Estimate? ForNew(HallState hall, string service, Lane lane, DateTimeOffset now) =>
        hall.CounterStatusFor(service) == CounterStatus.Open ? OnceOpen(hall, service, lane, now) : null;

    /// <summary>The same, counted from when all its counters are open where none is yet: for how much work is left, not for people to be told.</summary>
    internal static Estimate OnceOpen(HallState hall, string service, Lane lane, DateTimeOffset now)
    {
        var place = new Place(service, lane, QueueEntry.New(now), IsBooked: false, now);
        return Make(hall, place, null, wait => hall.AheadOf(service, lane, place.Entry, counter: null, now + wait));
    }

    /// <summary>Whether a wait ended in the range, in the whole minutes in which it is told.</summary>
    public bool Holds(TimeSpan waited) => waited.TotalSeconds >= Low && waited.TotalSeconds < High + Minute;

    /// <remarks>
    /// The ticket is called when all ahead of it have left the desks of its service, each after a typical time at the desk. A desk that serves
    /// several services gives this one its share: what waits here against what waits for the others and goes first. Priority tickets still to come
    /// go before a normal one, and a ticket over the limit by then goes before later ones of either lane.
    /// </remarks>
    private static Estimate Make(HallState hall, Place place, int? only, Func<TimeSpan, int> ahead)
    {
        var queue = hall.Services[place.Service];
        var desks = Desks(hall, only is { } number ? [number] : queue.Counters);
        var free = desks.Count(desk => desk.InHand is null);
        // From one call to the next, with all its desks at work.
        var between = queue.Pace.Seconds / desks.Count;
        var toCome = place is { Lane: Lane.Normal, IsBooked: false } ? (queue.IssuedPriority + 1.0) / (queue.Issued + AssumedTickets) : 0;
        double Wait(int before)
        {
            var shares = new Shares(hall, place, (before + 1) * between);
            var untilDone = (before + 1) * queue.Pace.Seconds / desks.Sum(shares.Of);
            var underWay = (1 - RestOfService) * between * (desks.Count - free) / desks.Count;
            return (untilDone - (free * between) - underWay) * (1 + toCome);
        }

        var soon = Wait(ahead(TimeSpan.Zero));
        if (soon < Math.Min(between * Soon, Minute))
        {
            return new Estimate(0, 0, 0);
        }

        var likely = Math.Max(soon * Soon, Wait(ahead(TimeSpan.FromSeconds(soon))));
        var deviation = Math.Sqrt((likely * between * Math.Pow(queue.Pace.Spread, 2)) + Math.Pow(Unknown * likely, 2));
        return new Estimate(
            (int)Math.Round(likely / Minute) * Minute,
            (int)Math.Max(0, Math.Floor((likely - (EightOfTen * deviation)) / Minute)) * Minute,
            (int)Math.Ceiling((likely + (EightOfTen * deviation)) / Minute) * Minute);
    }

    /// <summary>The same wait where it begins later.</summary>
    private Estimate Later(TimeSpan by)
    {
        var minutes = by.TotalSeconds / Minute;
        return new Estimate(Seconds + ((int)Math.Round(minutes) * Minute), Low + ((int)Math.Floor(minutes) * Minute), High + ((int)Math.Ceiling(minutes) * Minute));
    }

    /// <summary>Where somebody stands, from an instant on.</summary>
    private sealed record Place(string Service, Lane Lane, QueueEntry Entry, bool IsBooked, DateTimeOffset From);

    /// <summary>Those of some counters that are open, or all of them where none is.</summary>
    private static List<Counter> Desks(HallState hall, ImmutableArray<int> numbers)
    {
        var (open, all) = (new List<Counter>(numbers.Length), new List<Counter>(numbers.Length));
        foreach (var number in numbers)
        {
            var counter = hall.Counters[number];
            all.Add(counter);
            if (counter.Status == CounterStatus.Open)
            {
                open.Add(counter);
            }
        }

        return open.Count > 0 ? open : all;
    }

    /// <summary>What part of a desk's time goes to one service, with all that is called before the ticket.</summary>
    private sealed class Shares(HallState hall, Place place, double own)
    {
        private readonly Dictionary<string, double> _work = new() { [place.Service] = own };

        public double Of(Counter desk)
        {
            var (mine, all) = (_work[place.Service], _work[place.Service]);
            foreach (var code in desk.Setup.Services)
            {
                if (code == place.Service && desk.Setup.Order == CounterOrder.Preference)
                {
                    break;
                }

                all += code == place.Service ? 0 : Work(code);
            }

            return mine / all;
        }

        /// <summary>Seconds of another service's work at each of its desks that are called before the ticket.</summary>
        private double Work(string code)
        {
            if (!_work.TryGetValue(code, out var work) && hall.Services.TryGetValue(code, out var queue))
            {
                var before = Before(queue.Waiting);
                work = before == 0 ? 0 : before * queue.Pace.Seconds / Math.Max(1, Desks(hall, queue.Counters).Count);
                _work[code] = work;
            }

            return work;
        }

        private int Before(Lanes waiting) => place switch
        {
            { IsBooked: true } => Lanes.Before(waiting.Booked, place.Entry),
            { Lane: Lane.Normal } => Due(waiting) + waiting.Priority.Count + Lanes.Before(waiting.Normal, place.Entry),
            _ => Due(waiting) + Lanes.Before(waiting.Priority, place.Entry),
        };

        private int Due(Lanes waiting) => Lanes.Before(waiting.Booked, QueueEntry.New(place.From));
    }
}

/// <summary>How long a ticket keeps a desk, from its call to its end, and how much that varies, as a share of it.</summary>
public sealed record Pace(double Seconds, double Spread)
{
    /// <summary>How many of the newest times are looked at.</summary>
    private const int Recent = 20;

    /// <summary>How many are kept: an ending that is undone leaves as many to look at.</summary>
    internal const int Kept = 2 * Recent;

    /// <summary>Fewer than this many are no evidence: the set-up's expectation stands.</summary>
    private const int Enough = 5;

    private const double UsualSpread = 0.7;
    private const double LeastSpread = 0.3;

    /// <summary>The mean and the spread of the newest times; one that lies far out counts as the farthest that is usual.</summary>
    internal static Pace Of(ImmutableArray<int> kept, int expected)
    {
        var newest = kept[Math.Max(0, kept.Length - Recent)..];
        if (newest.Length < Enough)
        {
            return new Pace(expected, UsualSpread);
        }

        var sorted = newest.Sort();
        var (quarter, threeQuarters) = (sorted[sorted.Length / 4], sorted[sorted.Length * 3 / 4]);
        var (sum, squares, farthest) = (0.0, 0.0, threeQuarters + (1.5 * (threeQuarters - quarter)));
        foreach (var seconds in sorted)
        {
            var usual = Math.Min(seconds, farthest);
            sum += usual;
            squares += usual * usual;
        }

        var mean = Math.Max(1, sum / sorted.Length);
        return new Pace(mean, Math.Max(LeastSpread, Math.Sqrt(Math.Max(0, (squares / sorted.Length) - (mean * mean))) / mean));
    }
}
