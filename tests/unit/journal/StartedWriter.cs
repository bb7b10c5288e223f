using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hub;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Unit.Tests.Clocks;
using Reception.Unit.Tests.Registry;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>The journal's writer on its own thread, over an empty hall, with a clock that a test moves.</summary>
internal sealed class StartedWriter : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writing-").FullName;

    private StartedWriter(Action? beforeBatch, DateTimeOffset start)
    {
        Clock = new ManualTimeProvider(start);
        HallClock = new HallClock(Clock);
        Book = SetupBook.Open(_folder, new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0));
        Book.SetHall(HallFile.Parse(Encoding.UTF8.GetBytes(SmallHall.Plan)), demonstration: false);
        Writer = new JournalWriter(
            new JournalFile(_folder), Board, new Renderer(Book), HallClock,
            () =>
            {
                beforeBatch?.Invoke();
                return Book.Current.Rules;
            },
            exception => Assert.Fail($"{exception}"), NullLogger<JournalWriter>.Instance);
    }

    public ManualTimeProvider Clock { get; }

    public HallClock HallClock { get; }

    public SetupBook Book { get; }

    public HallBoard Board { get; } = new();

    public JournalWriter Writer { get; }

    /// <param name="beforeBatch">What the writer does before it looks at the rules, as it does for each batch.</param>
    /// <param name="start">When it begins; eight in the morning of a Monday in the hall without it.</param>
    public static async Task<StartedWriter> StartAsync(Action? beforeBatch = null, DateTimeOffset? start = null)
    {
        var started = new StartedWriter(beforeBatch, start ?? new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        started.Writer.Start();
        await started.Writer.ReadyAsync();
        return started;
    }

    public void Dispose()
    {
        Writer.Dispose();
        Book.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
