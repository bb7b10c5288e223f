using Reception.Hall;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Halls;

/// <summary>What citizens are told of their wait, and whether they can trust it.</summary>
public sealed class EstimateTests(ITestOutputHelper output)
{
    [Fact]
    public void Nobody_ahead_and_a_free_desk_is_no_wait()
    {
        var hall = Opened();
        Assert.Equal(new Estimate(0, 0, 0), Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!);
    }

    [Fact]
    public void Where_no_counter_of_the_service_is_open_nothing_is_told_of_the_wait_to_the_first_or_to_the_second()
    {
        var hall = new HallScript();
        var tickets = new[] { hall.Take("HT"), hall.Take("HT") };
        AssertToldNothing(CounterStatus.Closed);

        hall.SignIn(3, Chi);
        AssertToldNothing(CounterStatus.Closed);

        hall.SignIn(1, Anh);
        Assert.Equal(new Estimate(0, 0, 0), Estimate.For(hall.State, hall.Ticket(tickets[0]), hall.Now));
        Assert.True(Estimate.For(hall.State, hall.Ticket(tickets[1]), hall.Now)!.Seconds > 0);
        Assert.NotNull(Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now));

        // The other of its two counters counts, paused as long as one is.
        hall.Must(new PauseCounter(1, Anh));
        AssertToldNothing(CounterStatus.Paused);
        hall.SignIn(2, Binh);
        Assert.NotNull(Estimate.For(hall.State, hall.Ticket(tickets[1]), hall.Now));
        hall.Must(new EndDuty(2, Binh));
        AssertToldNothing(CounterStatus.Paused);
        hall.Must(new EndDuty(1, Anh));
        AssertToldNothing(CounterStatus.Closed);
        Assert.All(hall.State.Tickets.Values, ticket => Assert.Null(ticket.Told));

        void AssertToldNothing(CounterStatus status)
        {
            Assert.Equal(status, hall.State.CounterStatusFor("HT"));
            Assert.Null(Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now));
            Assert.Null(Estimate.ForNew(hall.State, "HT", Lane.Priority, hall.Now));
            Assert.All(tickets, ticket => Assert.Null(Estimate.For(hall.State, hall.Ticket(ticket), hall.Now)));
            Assert.All(tickets, ticket => Assert.Equal(status, hall.State.CounterStatusFor(hall.Ticket(ticket))));
        }
    }

    [Fact]
    public void A_ticket_that_was_transferred_to_a_counter_depends_on_that_counter_alone()
    {
        var hall = Opened();
        hall.SignIn(2, Binh);
        var sent = hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.Must(new TransferTicket(1, Anh, null, 2));
        Assert.NotNull(Estimate.For(hall.State, hall.Ticket(sent), hall.Now));

        hall.Must(new PauseCounter(2, Binh));
        Assert.Null(Estimate.For(hall.State, hall.Ticket(sent), hall.Now));
        Assert.Equal(CounterStatus.Paused, hall.State.CounterStatusFor(hall.Ticket(sent)));
        Assert.NotNull(Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now));

        // It waits for any counter of the service again.
        hall.Must(new EndDuty(2, Binh));
        Assert.NotNull(Estimate.For(hall.State, hall.Ticket(sent), hall.Now));
    }

    [Fact]
    public void A_counter_with_minutes_of_other_work_before_it_is_not_free_at_once()
    {
        // Half an hour for each of HT, two minutes for one of CT, who came first: longer than a minute, and less than a third of HT's time.
        var hall = new HallScript(Rules() with { Services = [new("HT", "A", 1800), new("CT", "B", 120), new("DD", "H", 600)] });
        hall.SignIn(1, Anh);
        hall.Take("CT");

        Assert.InRange(Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!.High, 2 * 60, 30 * 60);
    }

    [Fact]
    public void A_longer_queue_waits_longer_and_another_desk_shortens_it()
    {
        var hall = Opened();
        var estimates = new List<Estimate>();
        for (var ahead = 0; ahead < 8; ahead++)
        {
            hall.Take("HT");
            estimates.Add(Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!);
        }

        Assert.Equal(estimates.OrderBy(estimate => estimate.Seconds), estimates);
        Assert.All(estimates, estimate => Assert.True(estimate.Low <= estimate.Seconds && estimate.Seconds <= estimate.High));
        hall.SignIn(2, Binh);
        Assert.InRange(Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!.Seconds, estimates[^1].Seconds * 0.3, estimates[^1].Seconds * 0.6);
    }

    [Fact]
    public void Priority_waits_less_and_makes_others_wait_more()
    {
        var hall = Opened();
        LaneTests.Take(hall, "HT", "nnnnnn");
        var normal = Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!;
        Assert.True(Estimate.ForNew(hall.State, "HT", Lane.Priority, hall.Now)!.Seconds < normal.Seconds / 3);

        LaneTests.Take(hall, "HT", "pp");
        Assert.True(Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!.Seconds > normal.Seconds);
    }

    [Fact]
    public void An_ending_that_is_undone_is_no_evidence_of_the_pace()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.PassSeconds(100);
        hall.Must(new FinishService(1, Anh));
        hall.PassSeconds(10);
        hall.Must(new UndoEnding(1, Anh));
        Assert.Empty(hall.State.Services["HT"].CounterTimes);

        hall.PassSeconds(90);
        hall.Must(new FinishService(1, Anh));
        Assert.Equal([200], hall.State.Services["HT"].CounterTimes);

        for (var served = 0; served < 30; served++)
        {
            hall.Take("HT");
            hall.CallNext(1, Anh);
            hall.PassSeconds(100 + (10 * served));
            hall.Must(new FinishService(1, Anh));
        }

        var before = hall.State.Services["HT"].Pace;
        hall.Take("HT");
        hall.CallNext(1, Anh);
        hall.PassSeconds(500);
        hall.Must(new FinishService(1, Anh));
        Assert.NotEqual(before, hall.State.Services["HT"].Pace);
        hall.Must(new UndoEnding(1, Anh));
        Assert.Equal(before, hall.State.Services["HT"].Pace);
    }

    [Fact]
    public void One_endless_case_does_not_move_the_pace()
    {
        var hall = Opened();
        for (var served = 0; served < 10; served++)
        {
            hall.Take("HT");
            hall.CallNext(1, Anh);
            hall.PassSeconds(served == 4 ? 7200 : 280 + (10 * served));
            hall.Must(new FinishService(1, Anh));
        }

        Assert.InRange(hall.State.Services["HT"].Pace.Seconds, 290, 370);
    }

    [Fact]
    public void The_work_of_a_desks_other_services_counts_only_where_it_goes_first()
    {
        var hall = Opened();
        LaneTests.Take(hall, "CT", "nnnnnn");
        var alone = Estimate.ForNew(hall.State, "HT", Lane.Normal, hall.Now)!.Seconds;
        Assert.InRange(alone, 5 * 480, 8 * 480);

        var first = hall.Take("HT");
        LaneTests.Take(hall, "CT", "nnnnnnnnnnnn");
        Assert.InRange(Estimate.For(hall.State, hall.Ticket(first), hall.Now)!.Seconds, alone * 0.9, alone * 1.1);
    }

    [Theory]
    [InlineData(0.85, 0.6)]
    [InlineData(1.05, 0.6)]
    [InlineData(0.9, 1.0)]
    public void Eight_waits_of_ten_end_in_the_range_that_was_told(double load, double spread)
    {
        var (within, told, off, waited) = (0, 0, 0.0, 0.0);
        for (var seed = 1; seed <= 40; seed++)
        {
            foreach (var (estimate, wait) in new BusyDay(seed, load, spread).Waits())
            {
                told++;
                within += estimate.Holds(wait) ? 1 : 0;
                off += Math.Abs(wait.TotalSeconds - estimate.Seconds);
                waited += wait.TotalSeconds;
            }
        }

        output.WriteLine($"{told} waits of {waited / told / 60:N1} minutes on average: {100.0 * within / told:N1} % in the range, off by {off / told / 60:N1} minutes");
        Assert.InRange((double)within / told, 0.8, 0.98);
        Assert.True(off < waited * 0.5, $"Off by {off / told:N0} s of {waited / told:N0} s");
    }

    /// <summary>
    /// Seven hours of a hall with a crowd at the door, people who come at random, log-normal times at the desks, pauses, no-shows and one in seven
    /// with priority. The seed makes it the same each time.
    /// </summary>
    private sealed class BusyDay(int seed, double load, double spread)
    {
        private static readonly (string Service, double Minutes)[] Services = [("HT", 8), ("CT", 5), ("DD", 12)];
        private static readonly TimeSpan Open = TimeSpan.FromHours(7);

        private readonly Random _random = new(seed);
        private readonly HallScript _hall = new(Rules());
        private readonly PriorityQueue<Action, TimeSpan> _agenda = new();
        private TimeSpan _now;

        public IEnumerable<(Estimate Told, TimeSpan Waited)> Waits()
        {
            foreach (var (counter, officer) in new[] { (1, Anh), (2, Binh), (3, Chi) })
            {
                _hall.SignIn(counter, officer);
                At(TimeSpan.Zero, () => Call(counter, officer));
            }

            foreach (var (service, minutes) in Services)
            {
                // A desk for each service: HT and CT share two. The rest of the time goes to what lies between two calls.
                var mean = minutes * 60 * 1.06 / load;
                for (var early = 0; early < 3; early++)
                {
                    At(TimeSpan.FromSeconds(_random.Next(60)), () => Take(service));
                }

                At(TimeSpan.FromSeconds(Exponential(mean)), () => Come(service, mean));
            }

            while (_agenda.TryDequeue(out var happens, out var at))
            {
                _hall.Pass(at - _now);
                _now = at;
                happens();
            }

            var told = _hall.Events.OfType<TicketChanged>().Where(change => change.Change == TicketChange.Issued).ToDictionary(change => change.Ticket.Id, change => change.Estimate!);
            return _hall.Events.OfType<TicketChanged>().Where(change => change.Change == TicketChange.Called)
                .Select(change => (told[change.Ticket.Id], change.At - change.Ticket.IssuedAt));
        }

        private void At(TimeSpan after, Action happens) => _agenda.Enqueue(happens, _now + after);

        private void Come(string service, double mean)
        {
            if (_now < Open)
            {
                Take(service);
                At(TimeSpan.FromSeconds(Exponential(mean)), () => Come(service, mean));
            }
        }

        private void Take(string service) =>
            _hall.Must(new IssueTicket(_hall.NewId(), service, _random.Next(7) == 0 ? Lane.Priority : Lane.Normal));

        private void Call(int counter, string officer)
        {
            if (_hall.CallNext(counter, officer) is null)
            {
                if (_now < Open + TimeSpan.FromHours(3))
                {
                    At(TimeSpan.FromSeconds(15), () => Call(counter, officer));
                }

                return;
            }

            var ticket = _hall.State.InHand(_hall.State.Counters[counter])!;
            var comes = _random.Next(20) > 0;
            var mean = Services.Single(service => service.Service == ticket.Service).Minutes * 60;
            At(TimeSpan.FromSeconds(comes ? LogNormal(mean) : 60), () =>
            {
                _hall.Must(comes ? new FinishService(counter, officer) : new RecordNoShow(counter, officer));
                At(TimeSpan.FromSeconds(_random.Next(25) == 0 ? _random.Next(60, 300) : _random.Next(5, 25)), () => Call(counter, officer));
            });
        }

        private double Exponential(double mean) => -Math.Log(1 - _random.NextDouble()) * mean;

        private double LogNormal(double mean)
        {
            var variance = Math.Log(1 + (spread * spread));
            var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            return mean * Math.Exp((Math.Sqrt(variance) * normal) - (variance / 2));
        }
    }
}
