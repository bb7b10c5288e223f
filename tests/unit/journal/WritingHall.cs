using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Phones;
using Reception.Hub.Ratings;
using Reception.Hub.Record;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Hub.Tickets;
using Reception.Hub.Tools;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>The journal's writer on a real database, one command a commit, with a clock that a test moves.</summary>
internal sealed class WritingHall : IDisposable
{
    public const string Anh = "cb01";
    public const string Binh = "cb02";

    private const string Plan = """
        {"site":{"code":"H00.001","name":"Trung tâm thử nghiệm"},
         "services":[{"code":"HT","prefix":"A","name":"Hộ tịch"},{"code":"CT","prefix":"B","name":"Chứng thực"}],
         "counters":[{"number":1,"services":["HT","CT"]},{"number":2,"services":["CT"]}],
         "officers":[{"code":"cb01","name":"Anh","role":"officer"},{"code":"cb02","name":"Bình","role":"officer"},
                     {"code":"ld01","name":"Lan","role":"leader"}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("writing-").FullName;
    private readonly SetupBook _book = new();
    private readonly SiteRules _rules;
    private HallBoard _board = null!;
    private string _plan;
    private SqliteConnection _connection = null!;
    private WritingSession _session = null!;
    private bool _isStopped;

    /// <param name="start">When it begins; eight in the morning of a Monday in the hall without it.</param>
    /// <param name="alwaysOpen">Whether the opening hours of the plan, should it get some, count for nothing.</param>
    public WritingHall(int ticketsPerDeviceAndMinute = 0, string timeZone = "Asia/Ho_Chi_Minh", DateTimeOffset? start = null, bool alwaysOpen = true)
    {
        Clock = new ManualTimeProvider(start ?? new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        _plan = Plan.Replace("\"name\":\"Trung tâm thử nghiệm\"", $"\"name\":\"Trung tâm thử nghiệm\",\"timeZone\":\"{timeZone}\"", StringComparison.Ordinal);
        _rules = new SiteRules(alwaysOpen, ticketsPerDeviceAndMinute);
        Renderer = new Renderer(_book);
        Open(isNew: true);
    }

    /// <summary>The machine's clock.</summary>
    public ManualTimeProvider Clock { get; }

    /// <summary>The hub's own clock on it; a restart makes a new one.</summary>
    public HallClock HallClock { get; private set; } = null!;

    public Renderer Renderer { get; }

    public SetupBook Book => _book;

    public string Folder => _folder;

    /// <summary>The database, for who reads what is committed.</summary>
    public HubDatabase Database => new(_folder);

    public TicketLinks Links { get; private set; } = null!;

    public PhoneTickets Phones { get; private set; } = null!;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public HallState State => _session.Published.State;

    public long Version => _session.Published.Version;

    public SqliteConnection Connection => _connection;

    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>The technician changes the hall file, and must not be refused.</summary>
    public void Change(string from, string to) => Assert.Null(TryChange((from, to)));

    /// <summary>The technician changes the hall file; gives the line of the refusal, or null.</summary>
    public string? TryChange(params IEnumerable<(string From, string To)> changes)
    {
        var plan = changes.Aggregate(_plan, (plan, change) => plan.Replace(change.From, change.To, StringComparison.Ordinal));
        var result = Execute(SetUp(plan, forThoseWhoWait: true));
        _plan = result.Refusal is null ? plan : _plan;
        return result.Refusal?.English;
    }

    /// <summary>The plan of this hall under another name.</summary>
    public static string PlanOf(string name) => Plan.Replace("Trung tâm thử nghiệm", name, StringComparison.Ordinal);

    public static SetUpHall SetUp(string plan, bool forThoseWhoWait = false) =>
        new(HallFile.Parse(Encoding.UTF8.GetBytes(plan)), IsDemonstration: false, forThoseWhoWait);

    public JournalKey Key => JournalKey.Of(_folder);

    /// <summary>Writes the high-water mark, as the hub does once a second.</summary>
    public void Mark() => HighWaterMark.Of(_session.Published, Key).Write(_folder);

    /// <summary>As after a kill: everything in memory is gone.</summary>
    public void Restart()
    {
        Stop();
        Open();
    }

    /// <summary>The hub ends.</summary>
    public void Stop()
    {
        if (!_isStopped)
        {
            Close();
        }

        _isStopped = true;
    }

    /// <summary>Executes a command in a commit of its own.</summary>
    public Result<T> Execute<T>(JournalCommand<T> command)
    {
        var submission = new Submission<T>(command);
        Commit(submission);
        return submission.Done.Result;
    }

    /// <summary>Executes a command whose result is stored for repeats.</summary>
    public EncodedResult Submit<T>(JournalCommand<T> command, RepeatKey key)
    {
        var submission = Stored(command, key);
        Commit(submission);
        return submission.Done.Result;
    }

    public StoredSubmission<T> Stored<T>(JournalCommand<T> command, RepeatKey key) => new(command, key, Encode);

    /// <summary>Commands that come at once are one commit; none are what the clock alone brings.</summary>
    public void Commit(params Submission[] batch)
    {
        var committed = _session.Commit(batch);
        _book.Publish(_session.Setup!);
        _board.Publish(_session.Published);
        foreach (var effect in committed.Effects)
        {
            effect();
        }

        foreach (var submission in batch)
        {
            submission.Complete();
        }

        _board.Tell(committed);
    }

    /// <summary>Executes a command that must not be refused; gives what the edges make of its value.</summary>
    public JsonElement Must<T>(JournalCommand<T> command)
    {
        var result = Execute(command);
        Assert.Null(result.Refusal);
        return Json(Encode(result));
    }

    public JsonElement Must(OfficerCommand command) => Must(new AtCounter(command));

    public JsonElement Must(CancelTicket command) => Must(new Cancel(command));

    /// <summary>Executes a report that must not be refused.</summary>
    public JsonElement Must<T>(JournalCommand<T> command, RepeatKey key)
    {
        var result = Submit(command, key);
        Assert.True(result.Status < 400, Encoding.UTF8.GetString(result.Body));
        return Json(result);
    }

    /// <summary>The refusal's code, or <c>ok</c>.</summary>
    public string Try<T>(JournalCommand<T> command) => Execute(command).Refusal?.Code ?? "ok";

    private static JsonElement Json(EncodedResult result) => result.Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(result.Body);

    private EncodedResult Encode<T>(Result<T> result) => result.Refusal is { } refusal ? Problems.Encode(refusal) : result.Value switch
    {
        TicketResult { LinkCode: not null } ticket => Encoders.IssuedTicket(Renderer, Links)(ticket),
        TicketResult ticket => Encoders.Ticket(Renderer)(ticket),
        CounterResult counter => Encoders.Counter(Renderer)(counter),
        Rating rating => Encoders.Document(new { rating = rating.Id, attributed = rating.Attributed }),
        Done done => Encoders.NoContent(done),
        var document => Encoders.Document(document),
    };

    public void SignIn(int counter, string officer) => Assert.Equal("ok", Try(new Act(new StartDuty(Guid.CreateVersion7(), counter, officer))));

    public TakeNumber Request(string service = "HT") =>
        new(new IssueTicket(Guid.CreateVersion7(), service, Lane.Normal) { Issuer = "kiosk-1" }, null, Secrets.LinkCode(), Links);

    public Guid Take(string service = "HT") => Must(Request(service)).GetProperty("id").GetGuid();

    /// <summary>A ticket is taken, called at counter 1 and started.</summary>
    public Guid Serve(string service = "HT")
    {
        var ticket = Take(service);
        Must(new CallTicket(1, Anh, ticket));
        Must(new StartService(1, Anh));
        return ticket;
    }

    public void Finish() => Must(new FinishService(1, Anh));

    /// <summary>Somebody presses at counter 1; gives what the rater is answered.</summary>
    public (Guid Rating, bool Attributed) Press(
        int level, DateTimeOffset? at = null, Guid? report = null, Guid? ticket = null, bool timeKnown = true, int? counter = 1, bool mayBeLate = true)
    {
        var rating = Must(Pressed(level, at, report, ticket, timeKnown, counter, mayBeLate));
        return (rating.GetProperty("rating").GetGuid(), rating.GetProperty("attributed").GetBoolean());
    }

    /// <param name="at">By the hall's time; now without it.</param>
    /// <param name="mayBeLate">Whether the hub knows a reason why it comes late.</param>
    public PressRating Pressed(
        int level, DateTimeOffset? at = null, Guid? report = null, Guid? ticket = null, bool timeKnown = true, int? counter = 1, bool mayBeLate = true,
        string device = "rater-1") =>
        new(report ?? Guid.CreateVersion7(), device, counter, level, ticket, timeKnown ? Time(at, mayBeLate) : Time(at, mayBeLate).Unknown);

    public ReportTime Time(DateTimeOffset? at = null, bool mayBeLate = true) => new(at ?? Now, Now, IsKnown: true, mayBeLate);

    /// <summary>The sessions as a hub reads them that starts now.</summary>
    public Sessions Sessions()
    {
        var sessions = new Sessions(_board, _book, Clock);
        sessions.Load(Database);
        return sessions;
    }

    public T Query<T>(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>A row as its values, one after the other.</summary>
    public string Row(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        }

        return string.Join(" / ", rows);
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private void Open(bool isNew = false)
    {
        _isStopped = false;
        _connection = Database.OpenWriter();
        if (isNew)
        {
            using var first = new WritingSession(_connection, new HallClock(Clock), _rules, JournalKey.Of(_folder), turnsDays: false);
            first.Commit([new Submission<string>(SetUp(_plan))]);
        }

        HallClock = new HallClock(Clock);
        _board = new HallBoard();
        _session = new WritingSession(_connection, HallClock, _rules, JournalKey.Of(_folder));
        Commit();
        (Links, Phones) = (new TicketLinks(new HubOptions { Data = _folder, Http = "http://127.0.0.1:1" }), new PhoneTickets());
        Links.Load(Database, _board);
        Phones.Load(Database, _board);
    }

    private void Close()
    {
        _session.Dispose();
        _connection.Dispose();
    }

    /// <summary>A command of the hall that no edge has alone.</summary>
    private sealed record Act(HallCommand Command) : JournalCommand<Done>
    {
        public override Result<Done> Execute(HallTransaction transaction) => transaction.Execute(Command) is { } refusal ? refusal : default(Done);
    }
}
