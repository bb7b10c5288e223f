using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Journal;
using Reception.Hub.Phones;
using Reception.Hub.Ratings;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Hub.Tickets;
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
    private readonly SetupBook _book;
    private HallBoard _board = null!;
    private string _plan;
    private SqliteConnection _connection = null!;
    private WritingSession _session = null!;

    /// <param name="start">When it begins; eight in the morning of a Monday in the hall without it.</param>
    /// <param name="alwaysOpen">Whether the opening hours of the plan, should it get some, count for nothing.</param>
    public WritingHall(int ticketsPerDeviceAndMinute = 0, string timeZone = "Asia/Ho_Chi_Minh", DateTimeOffset? start = null, bool alwaysOpen = true)
    {
        Clock = new ManualTimeProvider(start ?? new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        _plan = Plan.Replace("\"name\":\"Trung tâm thử nghiệm\"", $"\"name\":\"Trung tâm thử nghiệm\",\"timeZone\":\"{timeZone}\"", StringComparison.Ordinal);
        _book = SetupBook.Open(_folder, new SiteRules(alwaysOpen, ticketsPerDeviceAndMinute));
        _book.SetHall(HallFile.Parse(Encoding.UTF8.GetBytes(_plan)), demonstration: false);
        Renderer = new Renderer(_book);
        Open();
    }

    /// <summary>The machine's clock.</summary>
    public ManualTimeProvider Clock { get; }

    /// <summary>The hub's own clock on it; a restart makes a new one.</summary>
    public HallClock HallClock { get; private set; } = null!;

    public Renderer Renderer { get; }

    public SetupBook Book => _book;

    public string Folder => _folder;

    /// <summary>The journal's file, for who reads what is committed.</summary>
    public JournalFile File => new(_folder);

    public TicketLinks Links { get; private set; } = null!;

    public PhoneTickets Phones { get; private set; } = null!;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public HallState State => _session.Published.State;

    public long Version => _session.Published.Version;

    public SqliteConnection Connection => _connection;

    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Why the changed set-up is not in force, or null.</summary>
    public SetupFault? SetupFault => _session.Published.SetupFault;

    /// <summary>The technician changes the hall file.</summary>
    public void Change(string from, string to)
    {
        _plan = _plan.Replace(from, to, StringComparison.Ordinal);
        _book.SetHall(HallFile.Parse(Encoding.UTF8.GetBytes(_plan)), demonstration: false);
        Submit([]);
    }

    /// <summary>As after a kill: everything in memory is gone.</summary>
    public void Restart()
    {
        Close();
        Open();
    }

    public Told Submit(JournalCommand command, RepeatKey? repeat = null) => Submit([new Submission(command, repeat)])[0];

    /// <summary>Commands that come at once are one commit.</summary>
    public IReadOnlyList<Told> Submit(List<Submission> batch)
    {
        _session.Commit(batch);
        var committed = _session.Publish();
        _board.Publish(_session.Published);
        _board.Tell(committed);
        return [.. batch.Select(submission => submission.Told!)];
    }

    /// <summary>Carries out a command that must not be refused.</summary>
    public JsonElement Must(JournalCommand command, RepeatKey? repeat = null)
    {
        var told = Submit(command, repeat);
        Assert.False(told.IsRefusal, Encoding.UTF8.GetString(told.Body));
        return told.Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(told.Body);
    }

    public JsonElement Must(HallCommand command) => Must(new Act(command));

    /// <summary>The refusal's code, or <c>ok</c>.</summary>
    public string Try(JournalCommand command)
    {
        var told = Submit(command);
        return told.IsRefusal ? Problem.ErrorOf(told).Code : "ok";
    }

    public void SignIn(int counter, string officer) => Must(new StartDuty(Guid.CreateVersion7(), counter, officer));

    public TakeNumber Request(string service = "HT") =>
        new(new IssueTicket(Guid.CreateVersion7(), service, Lane.Normal) { Issuer = "kiosk-1" }, Secrets.LinkCode(), Links);

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
        int level, DateTimeOffset? at = null, Guid? report = null, Guid? ticket = null, bool timeKnown = true, int? counter = 1)
    {
        var told = Must(Pressed(level, at, report, ticket, timeKnown, counter));
        return (told.GetProperty("rating").GetGuid(), told.GetProperty("attributed").GetBoolean());
    }

    public PressRating Pressed(
        int level, DateTimeOffset? at = null, Guid? report = null, Guid? ticket = null, bool timeKnown = true, int? counter = 1) =>
        new(report ?? Guid.CreateVersion7(), "rater-1", counter, level, ticket, timeKnown, at ?? Now);

    /// <summary>The sessions as a hub reads them that starts now.</summary>
    public Sessions Sessions()
    {
        var sessions = new Sessions(_board, _book);
        sessions.Load(new JournalFile(_folder));
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
        Close();
        _book.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Open()
    {
        _connection = new JournalFile(_folder).OpenWriter();
        HallClock = new HallClock(Clock);
        _board = new HallBoard();
        _session = new WritingSession(_connection, Renderer, HallClock, () => _book.Current.Rules);
        Submit([]);
        (Links, Phones) = (new TicketLinks(new HubOptions { Data = _folder, Http = "http://127.0.0.1:1" }), new PhoneTickets());
        Links.Load(new JournalFile(_folder), _board);
        Phones.Load(new JournalFile(_folder), _board);
    }

    private void Close()
    {
        _session.Dispose();
        _connection.Dispose();
    }
}
