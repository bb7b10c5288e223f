using System.Collections.Immutable;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Unit.Tests.Halls;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Journal;

/// <summary>
/// A sample of every kind of event as it was first shipped, in <c>bodies/</c>: today's journal writes the same, and reads it.
/// A sample is added for a new kind and never changed.
/// </summary>
public sealed class EventBodiesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "journal", "bodies");

    [Fact]
    public void Every_kind_of_event_is_written_as_its_sample_and_read_from_it()
    {
        var written = OneOfEachKind();

        foreach (var (kind, (happened, body)) in written)
        {
            var sample = Path.Combine(Folder, kind + ".json");
            Assert.True(File.Exists(sample), $"{kind} has no sample; one is:\n{body}");
            Assert.Equal(File.ReadAllText(sample).TrimEnd(), body);
            Assert.Equal(body, EventBodies.Write(EventBodies.Read(kind, happened.At, body), After(happened)));
        }

        Assert.Equal(
            Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            written.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_body_holds_codes_ids_and_numbers_and_no_free_text()
    {
        foreach (var (kind, (_, body)) in OneOfEachKind())
        {
            using var json = System.Text.Json.JsonDocument.Parse(body);
            foreach (var text in Texts(json.RootElement))
            {
                Assert.True(text.Length is <= 36 or 64 && !text.Contains(' ', StringComparison.Ordinal), $"{kind}: {text}");
            }
        }
    }

    [Fact]
    public void A_field_of_a_later_version_is_ignored()
    {
        var body = File.ReadAllText(Path.Combine(Folder, "ticket.issued.json")).TrimEnd();
        var later = body[..^1] + ""","added":{"later":[1]}}""";

        var read = Assert.IsType<TicketChanged>(EventBodies.Read("ticket.issued", default, later));
        Assert.Equal("A001", read.Ticket.Number);
    }

    [Fact]
    public void A_set_up_of_before_the_lanes_has_the_default_rule_and_one_with_it_is_read_as_it_was_written()
    {
        var old = Assert.IsType<SetupChanged>(EventBodies.Read("setup.changed", default, File.ReadAllText(Path.Combine(Folder, "setup.changed.json"))));
        Assert.Equal(LaneRule.Default, old.Setup.LaneRule);
        Assert.Equal(Rules(), old.Setup);

        var setup = Rules() with { Lanes = new LaneRule(3, 1200), Counters = [new CounterSetup(1, ["HT", "CT"]) { Order = CounterOrder.Preference }] };
        var body = EventBodies.Write(new SetupChanged(default, setup), HallState.Open(default, setup));
        Assert.Contains("\"lanes\":{\"priorityInARow\":3,\"waitLimitSeconds\":1200}", body, StringComparison.Ordinal);
        Assert.Contains("\"order\":\"preference\"", body, StringComparison.Ordinal);
        Assert.Equal(setup, Assert.IsType<SetupChanged>(EventBodies.Read("setup.changed", default, body)).Setup);
    }

    [Fact]
    public void A_booked_ticket_and_its_rule_are_written_as_their_sample_and_older_bodies_have_none()
    {
        var hall = new HallScript(Rules() with { Appointments = new AppointmentRule(600) });
        var id = hall.NewId();
        hall.SignIn(1, HallScript.Anh);
        hall.Must(new IssueTicket(id, "HT", Lane.Normal) { Appointment = new Appointment("48213907", hall.Now.AddMinutes(20)), ByPhone = true });
        var issued = hall.Events.OfType<TicketChanged>().Single();
        var body = EventBodies.Write(issued, hall.State);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "later", "ticket.issued.booked.json")).TrimEnd(), body);
        Assert.Equal(issued.Ticket.Appointment, Assert.IsType<TicketChanged>(EventBodies.Read("ticket.issued", hall.Now, body)).Ticket.Appointment);
        Assert.Null(Assert.IsType<TicketChanged>(
            EventBodies.Read("ticket.issued", default, File.ReadAllText(Path.Combine(Folder, "ticket.issued.json")))).Ticket.Appointment);

        var setup = EventBodies.Write(new SetupChanged(default, hall.State.Setup), hall.State);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "later", "setup.changed.appointments.json")).TrimEnd(), setup);
        Assert.Equal(hall.State.Setup, Assert.IsType<SetupChanged>(EventBodies.Read("setup.changed", default, setup)).Setup);
    }

    [Fact]
    public void The_outcome_of_an_errand_that_a_further_one_follows_is_written_and_read()
    {
        var hall = new HallScript(Rules());
        hall.SignIn(1, Anh);
        hall.Take("HT", "DD");
        hall.CallNext(1, Anh);
        hall.Must(new FinishService(1, Anh, Outcome.Supplement));
        var body = EventBodies.Write(hall.Events.OfType<TicketChanged>().Last(), hall.State);

        Assert.EndsWith(",\"outcome\":\"supplement\"}", body, StringComparison.Ordinal);
        Assert.Equal(Outcome.Supplement, Assert.IsType<TicketChanged>(EventBodies.Read("ticket.transferred", hall.Now, body)).Outcome);
        Assert.Null(Assert.IsType<TicketChanged>(EventBodies.Read("ticket.transferred", default, File.ReadAllText(Path.Combine(Folder, "ticket.transferred.json")))).Outcome);
    }

    [Fact]
    public void A_day_of_before_the_holidays_has_none_and_hours_and_quotas_are_read_as_they_were_written()
    {
        var old = Assert.IsType<DayOpened>(EventBodies.Read("day.opened", default, File.ReadAllText(Path.Combine(Folder, "day.opened.json"))));
        Assert.True(old.Setup.OpeningAt(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7))).IsOpen);

        var setup = Rules() with
        {
            Hours = new OpeningHours([DayOfWeek.Monday], [new Period(new TimeOnly(7, 30), new TimeOnly(11, 30)) { LastTicket = new TimeOnly(11, 0) }])
            {
                Holidays = [new DateOnly(2026, 9, 2)],
                LastTicketByWork = true,
            },
            Services = [new ServiceSetup("HT", "A", 480) { Quota = new Quota(40, null) }],
        };
        var body = EventBodies.Write(new SetupChanged(default, setup), HallState.Open(default, setup));
        Assert.Equal(setup, Assert.IsType<SetupChanged>(EventBodies.Read("setup.changed", default, body)).Setup);
        Assert.Contains("\"quota\":{\"morning\":40}", body, StringComparison.Ordinal);
    }

    private static Dictionary<HallEvent, HallState> States { get; } = [];

    private static HallState After(HallEvent happened) => States[happened];

    private static Dictionary<string, (HallEvent Happened, string Body)> OneOfEachKind()
    {
        var hall = new HallScript();
        var kinds = new Dictionary<string, (HallEvent, string)>(StringComparer.Ordinal);
        var told = 0;

        void Step(HallCommand command)
        {
            hall.PassSeconds(5);
            hall.Must(command);
            Keep();
        }

        void Happen(HallEvent happened)
        {
            hall.Apply(happened);
            Keep();
        }

        void Keep()
        {
            foreach (var happened in hall.Events.Skip(told))
            {
                States[happened] = hall.State;
                kinds.TryAdd(happened.Kind, (happened, EventBodies.Write(happened, hall.State)));
            }

            told = hall.Events.Count;
        }

        Happen(new DayOpened(hall.Now, new DateOnly(2026, 11, 23), Rules() with
        {
            TicketsPerDeviceAndMinute = 30,
            Hours = new OpeningHours([DayOfWeek.Monday], [new Period(new TimeOnly(7, 30), new TimeOnly(11, 30))]),
        }));
        Happen(new SetupChanged(hall.Now, Rules()));
        Happen(new ClockConfirmed(hall.Now, hall.Now.AddDays(40), "qt01"));
        Happen(new AuditEntryAdded(hall.Now, "qt01", "services.HT.name", new string('0', 64)));
        Happen(new DayClosed(
            hall.Now, new DateOnly(2026, 11, 22), 41, new string('0', 64), new string('1', 64), new DayTickets(3, 2, 0, 1, 0),
            [new OfficerDay(Anh, 2, [0, 0, 0, 1, 1], 600, 900, 0)]));
        Happen(new NumbersRaised(hall.Now, ImmutableSortedDictionary<string, int>.Empty.Add("DD", 40)));
        Happen(new ConfigurationChanged(hall.Now, new string('0', 64)));
        Happen(new JournalRestored(hall.Now, 41));
        Step(new StartDuty(hall.NewId(), 1, Anh));
        var first = hall.NewId();
        Step(new IssueTicket(first, "HT", Lane.Priority) { Services = ["DD"], Issuer = "kiosk-1" });
        Step(new IssueTicket(hall.NewId(), "CT", Lane.Normal) { Issuer = "kiosk-1" });
        var withdrawn = hall.NewId();
        Step(new IssueTicket(withdrawn, "CT", Lane.Normal) { Issuer = "kiosk-1" });
        Happen(new TicketChanged(hall.Now, TicketChange.Printed, hall.Ticket(first) with { Printed = PrintState.Printed }));
        Step(new CancelTicket(withdrawn, null, "withdrawn"));
        Step(new CallNext(1, Anh, "HT"));
        Step(new RecallTicket(1, Anh));
        Step(new StartService(1, Anh));
        Step(new HoldTicket(1, Anh));
        Step(new CallTicket(1, Anh, first));
        Step(new TransferTicket(1, Anh, "CT", null));
        Step(new CallNext(1, Anh, "CT"));
        Step(new RecordNoShow(1, Anh));
        Step(new UndoEnding(1, Anh));
        Step(new TransferTicket(1, Anh, null, 1));
        var last = hall.NewId();
        Step(new IssueTicket(last, "HT", Lane.Normal));
        Step(new CallTicket(1, Anh, last));
        Step(new FinishService(1, Anh, Outcome.Supplement));
        var rating = new Rating
        {
            Id = hall.NewId(),
            At = hall.Now,
            FirstAt = hall.Now,
            Level = 1,
            Day = hall.State.Day,
            Stay = 17,
            Ticket = last,
            Officer = Anh,
            Counter = 1,
            Service = "HT",
            Device = "rater-1",
        };
        Happen(new RatingChanged(hall.Now, RatingChange.Recorded, rating));
        Happen(new RatingChanged(hall.Now, RatingChange.Changed, rating with { Level = 2, Changed = true, At = hall.Now.AddSeconds(3) }));
        Happen(new RatingChanged(hall.Now, RatingChange.Reasoned, rating with { Level = 2, Changed = true, Reason = "wait" }));
        Step(new PauseCounter(1, Anh));
        Step(new ResumeCounter(1, Anh));
        hall.PassSeconds(5);
        // The first shipped hall let a ticket wait on for a desk that was left: its sample expired there.
        Happen(new DutyChanged(hall.Now, Started: false, hall.State.Counters[1].Duty!.Value, 1, Anh));
        Step(new OpenDay(hall.State.Day.AddDays(1), Rules()));
        Happen(new DaysWithdrawn(hall.Now, new DateOnly(2026, 11, 23), Rules()));
        return kinds;
    }

    private static IEnumerable<string> Texts(System.Text.Json.JsonElement json) => json.ValueKind switch
    {
        System.Text.Json.JsonValueKind.String => [json.GetString()!],
        System.Text.Json.JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        System.Text.Json.JsonValueKind.Object => json.EnumerateObject().SelectMany(field => Texts(field.Value)),
        _ => [],
    };
}
