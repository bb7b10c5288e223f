using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hub.Journal;
using Reception.Hub.Metrics;
using Reception.Hub.Site;
using Reception.Hub.Tools;
using Reception.Unit.Tests.Clocks;
using Reception.Unit.Tests.Devices;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>The journal's writer on its own thread, over an empty hall, with a clock that a test moves.</summary>
internal sealed class StartedWriter : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writing-").FullName;

    private StartedWriter(DateTimeOffset start)
    {
        Clock = new ManualTimeProvider(start);
        HallClock = new HallClock(Clock);
        Writer = new JournalWriter(
            new HubDatabase(_folder), Board, Book, HallClock, new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0), JournalKey.Of(_folder), Meter,
            exception => Assert.Fail($"{exception}"), NullLogger<JournalWriter>.Instance);
    }

    public ManualTimeProvider Clock { get; }

    public string Folder => _folder;

    public HallClock HallClock { get; }

    public SetupBook Book { get; } = new();

    public HallBoard Board { get; } = new();

    public HubMeter Meter { get; } = new();

    public JournalWriter Writer { get; }

    /// <param name="start">When it begins; eight in the morning of a Monday in the hall without it.</param>
    public static async Task<StartedWriter> StartAsync(DateTimeOffset? start = null)
    {
        var started = new StartedWriter(start ?? new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        await HallTools.ExecuteAsync(started._folder, WritingHall.SetUp(SmallHall.Plan));
        started.Writer.Start();
        await started.Writer.ReadyAsync();
        return started;
    }

    public void Dispose()
    {
        Writer.Dispose();
        Meter.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
