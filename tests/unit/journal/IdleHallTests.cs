using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hub.Journal;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>What a hall does by itself while nobody does anything.</summary>
public sealed class IdleHallTests
{
    [Fact]
    public async Task Its_day_turns_at_midnight_of_its_zone()
    {
        // A second before midnight in the hall.
        using var hall = await StartedWriter.StartAsync(start: new DateTimeOffset(2026, 11, 23, 16, 59, 59, TimeSpan.Zero));
        var monday = hall.Board.Current.State.Day;
        using var turn = new TurnOfDay(hall.Writer, hall.Board, hall.HallClock, NullLogger<TurnOfDay>.Instance);
        await turn.StartAsync(TestContext.Current.CancellationToken);

        await hall.Clock.WaitAsync(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5));
        hall.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(SpinWait.SpinUntil(() => hall.Board.Current.State.Day != monday, TimeSpan.FromSeconds(30)), "The day did not turn.");
        Assert.Equal(hall.Book.Current.Rules.DayOf(hall.Clock.GetUtcNow()), hall.Board.Current.State.Day);
        await turn.StopAsync(TestContext.Current.CancellationToken);
    }
}
