using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hub;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Unit.Tests.Clocks;
using Reception.Unit.Tests.Registry;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>What a hall does by itself while nobody does anything.</summary>
public sealed class IdleHallTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idle-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Its_day_turns_at_midnight_of_its_zone()
    {
        // Eight in the morning of a Monday in the hall.
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var book = SetupBook.Open(_folder, new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0));
        book.SetHall(HallFile.Parse(Encoding.UTF8.GetBytes(SmallHall.Plan)), demonstration: false);
        var (board, hallClock) = (new HallBoard(), new HallClock(clock));
        using var writer = new JournalWriter(
            new JournalFile(_folder), board, new Renderer(book), hallClock, () => book.Current.Rules,
            exception => Assert.Fail($"{exception}"), NullLogger<JournalWriter>.Instance);
        writer.Start();
        await writer.ReadyAsync();
        var monday = board.Current.State.Day;
        using var turn = new TurnOfDay(writer, board, book, hallClock, NullLogger<TurnOfDay>.Instance);
        await turn.StartAsync(TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromHours(16) + TimeSpan.FromSeconds(1));

        Assert.True(SpinWait.SpinUntil(() => board.Current.State.Day != monday, TimeSpan.FromSeconds(30)), "The day did not turn.");
        Assert.Equal(book.Current.Rules.DayOf(clock.GetUtcNow()), board.Current.State.Day);
        await turn.StopAsync(TestContext.Current.CancellationToken);
    }
}
