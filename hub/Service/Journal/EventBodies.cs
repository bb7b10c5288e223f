using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>The bodies of the journal's events as JSON: codes, ids and numbers. They only gain optional fields.</summary>
internal static class EventBodies
{
    private static readonly BodyJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // What follows from other fields is not kept.
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new MillisecondConverter(),
            new CodeConverter<Lane>(lane => lane.Code(), Codes.Lane),
            new CodeConverter<TicketState>(state => state.Code(), Codes.TicketState),
            new CodeConverter<PrintState>(state => state.Code(), Codes.PrintState),
            new CodeConverter<Outcome>(outcome => outcome.Code(), Codes.Outcome),
            new CodeConverter<CounterOrder>(order => order.Code(), Codes.CounterOrder),
        },
    });

    /// <summary>The body of an event; a ticket's also holds its place as the hall stands after it.</summary>
    public static string Write(HallEvent happened, HallState after) => happened switch
    {
        TicketChanged change => JsonSerializer.Serialize(TicketBody.Of(change, after), Json.TicketBody),
        DutyChanged duty => JsonSerializer.Serialize(
            new DutyBody(duty.Duty, duty.Counter, duty.Officer, Flag(duty.Automatic), Place(after, duty.Counter)), Json.DutyBody),
        CounterPaused pause => JsonSerializer.Serialize(new PauseBody(pause.Counter, pause.Officer, Place(after, pause.Counter)), Json.PauseBody),
        RatingChanged rating => JsonSerializer.Serialize(rating.Rating, Json.Rating),
        DayOpened opened => JsonSerializer.Serialize(new DayBody(opened.Day, opened.Setup), Json.DayBody),
        DaysWithdrawn withdrawn => JsonSerializer.Serialize(new DayBody(withdrawn.Day, withdrawn.Setup), Json.DayBody),
        DayClosed closed => JsonSerializer.Serialize(
            new ClosedBody(closed.Day, closed.Last, closed.Chain, closed.Seal, closed.Tickets, closed.Officers), Json.ClosedBody),
        JournalRestored restored => JsonSerializer.Serialize(new RestoredBody(restored.LostAfter), Json.RestoredBody),
        NumbersRaised raised => JsonSerializer.Serialize(new RaisedBody(raised.Issued), Json.RaisedBody),
        SetupChanged changed => JsonSerializer.Serialize(changed.Setup, Json.Setup),
        AuditEntryAdded entry => JsonSerializer.Serialize(new AuditBody(entry.Officer, entry.Part, entry.Digest), Json.AuditBody),
        ConfigurationChanged changed => JsonSerializer.Serialize(new ConfigurationBody(changed.Digest), Json.ConfigurationBody),
        ClockConfirmed confirmed => JsonSerializer.Serialize(new ClockBody(confirmed.Machine, confirmed.Officer), Json.ClockBody),
        _ => throw new ArgumentException($"{happened.Kind} has no body.", nameof(happened)),
    };

    /// <summary>The event that a row of the journal holds.</summary>
    public static HallEvent Read(string kind, DateTimeOffset at, string body)
    {
        if (Codes.TicketChange(kind) is { } change)
        {
            var read = Read(body, Json.TicketBody);
            return new TicketChanged(at, change, read.Ticket)
            {
                Counter = read.Counter,
                Officer = read.Officer,
                Reason = read.Reason,
                Outcome = read.Outcome,
                Automatic = read.Automatic == true,
                Estimate = change == TicketChange.Issued ? read.Estimate : null,
            };
        }

        if (Codes.RatingChange(kind) is { } rating)
        {
            return new RatingChanged(at, rating, Read(body, Json.Rating));
        }

        switch (kind)
        {
            case "duty.started" or "duty.ended":
                var duty = Read(body, Json.DutyBody);
                return new DutyChanged(at, kind == "duty.started", duty.Duty, duty.Counter, duty.Officer) { Automatic = duty.Automatic == true };
            case "counter.paused" or "counter.resumed":
                var pause = Read(body, Json.PauseBody);
                return new CounterPaused(at, kind == "counter.paused", pause.Counter, pause.Officer);
            case "day.opened":
                var day = Read(body, Json.DayBody);
                return new DayOpened(at, day.Day, day.Setup);
            case "days.withdrawn":
                var withdrawn = Read(body, Json.DayBody);
                return new DaysWithdrawn(at, withdrawn.Day, withdrawn.Setup);
            case "day.closed":
                var closed = Read(body, Json.ClosedBody);
                return new DayClosed(at, closed.Day, closed.Last, closed.Chain, closed.Seal, closed.Tickets, closed.Officers);
            case "journal.restored":
                return new JournalRestored(at, Read(body, Json.RestoredBody).LostAfter);
            case "numbers.raised":
                return new NumbersRaised(at, Read(body, Json.RaisedBody).Issued);
            case "setup.changed":
                return new SetupChanged(at, Read(body, Json.Setup));
            case "audit.added":
                var entry = Read(body, Json.AuditBody);
                return new AuditEntryAdded(at, entry.Officer, entry.Part, entry.Digest);
            case "configuration.changed":
                return new ConfigurationChanged(at, Read(body, Json.ConfigurationBody).Digest);
            case "clock.confirmed":
                var clock = Read(body, Json.ClockBody);
                return new ClockConfirmed(at, clock.Machine, clock.Officer);
            default:
                throw new InvalidDataException($"The journal holds an event of kind {kind}, which this version does not know. Install a newer one.");
        }
    }

    /// <summary>A ticket event's whole body.</summary>
    public static TicketBody ReadTicket(string body) => Read(body, Json.TicketBody);

    public static DutyBody ReadDuty(string body) => Read(body, Json.DutyBody);

    public static PauseBody ReadPause(string body) => Read(body, Json.PauseBody);

    public static Rating ReadRating(string body) => Read(body, Json.Rating);

    /// <summary>A ticket alone, as the read table keeps it.</summary>
    public static string WriteTicket(Ticket ticket) => JsonSerializer.Serialize(ticket, Json.Ticket);

    public static Ticket ReadOneTicket(string body) => Read(body, Json.Ticket);

    private static T Read<T>(string body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body, type) ?? throw new InvalidDataException("An event of the journal has no body.");

    private static bool? Flag(bool value) => value ? true : null;

    private static CounterPlace Place(HallState hall, int number)
    {
        var counter = hall.Counters[number];
        return new CounterPlace(counter.Status.Code(), counter.Setup.Services, hall.WaitingFor(counter));
    }

    private sealed class MillisecondConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
    }

    private sealed class CodeConverter<T>(Func<T, string> write, Func<string?, T?> read) : JsonConverter<T> where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            read(reader.GetString()) ?? throw new JsonException($"There is no {typeof(T).Name} of this code.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}

/// <summary>What a ticket event holds: the ticket after it, who did it where, and its place in the queue then.</summary>
internal sealed record TicketBody(Ticket Ticket, int? Counter, string? Officer, string? Reason, bool? Automatic, int? Ahead, Estimate? Estimate)
{
    /// <summary>Of the errand that ended, where a further one follows.</summary>
    public Outcome? Outcome { get; init; }

    public static TicketBody Of(TicketChanged change, HallState after)
    {
        var waits = change.Ticket.State == TicketState.Waiting;
        var ahead = waits ? after.Ahead(change.Ticket, change.At) : (int?)null;
        return new TicketBody(
            change.Ticket,
            change.Counter,
            change.Officer,
            change.Reason,
            change.Automatic ? true : null,
            ahead,
            waits ? change.Estimate ?? Hall.Estimate.For(after, change.Ticket, change.At) : null)
        {
            Outcome = change.Outcome,
        };
    }
}

/// <summary>What a duty event holds.</summary>
internal sealed record DutyBody(Guid Duty, int Counter, string Officer, bool? Automatic, CounterPlace Place);

/// <summary>What a pause holds.</summary>
internal sealed record PauseBody(int Counter, string Officer, CounterPlace Place);

/// <summary>A counter as it stood after the event.</summary>
internal sealed record CounterPlace(string State, ImmutableArray<string> Services, int Waiting);

/// <summary>What the opening of a day holds.</summary>
internal sealed record DayBody(DateOnly Day, Setup Setup);

/// <summary>What the closing of a day holds.</summary>
internal sealed record ClosedBody(
    DateOnly Day, long Last, string Chain, string Seal, DayTickets Tickets, ImmutableArray<OfficerDay> Officers);

/// <summary>What a restore holds.</summary>
internal sealed record RestoredBody(long LostAfter);

/// <summary>What the raising of numbers holds.</summary>
internal sealed record RaisedBody(ImmutableSortedDictionary<string, int> Issued);

/// <summary>What an entry of the audit log holds.</summary>
internal sealed record AuditBody(string? Officer, string Part, string Digest);

/// <summary>What a change of the public catalogue holds.</summary>
internal sealed record ConfigurationBody(string Digest);

/// <summary>What the confirmation of the clock holds.</summary>
internal sealed record ClockBody(DateTimeOffset Machine, string Officer);

[JsonSerializable(typeof(TicketBody))]
[JsonSerializable(typeof(Ticket))]
[JsonSerializable(typeof(DutyBody))]
[JsonSerializable(typeof(PauseBody))]
[JsonSerializable(typeof(Rating))]
[JsonSerializable(typeof(DayBody))]
[JsonSerializable(typeof(ClosedBody))]
[JsonSerializable(typeof(RestoredBody))]
[JsonSerializable(typeof(RaisedBody))]
[JsonSerializable(typeof(Setup))]
[JsonSerializable(typeof(AuditBody))]
[JsonSerializable(typeof(ConfigurationBody))]
[JsonSerializable(typeof(ClockBody))]
internal sealed partial class BodyJson : JsonSerializerContext;
