using Reception.Hub.Journal;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>Whether the writer's work goes on, which the supervisor is told.</summary>
public sealed class WriterAliveTests
{
    [Fact]
    public async Task A_writer_that_stands_in_a_batch_for_half_a_minute_is_not_alive_until_it_goes_on()
    {
        using var goesOn = new ManualResetEventSlim(initialState: true);
        using var stands = new SemaphoreSlim(0);
        using var hall = await StartedWriter.StartAsync();
        var (writer, clock) = (hall.Writer, hall.Clock);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(writer.IsAlive);

        goesOn.Reset();
        var submitted = writer.ExecuteAsync(new Standing(stands, goesOn), TestContext.Current.CancellationToken);
        await stands.WaitAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.True(writer.IsAlive);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(writer.IsAlive);

        goesOn.Set();
        await submitted;
        Assert.True(SpinWait.SpinUntil(() => writer.IsAlive, TimeSpan.FromSeconds(30)));
    }

    private sealed record Standing(SemaphoreSlim Stands, ManualResetEventSlim GoesOn) : JournalCommand<Done>
    {
        public override Result<Done> Execute(HallTransaction transaction)
        {
            Stands.Release();
            GoesOn.Wait();
            return default(Done);
        }
    }
}
