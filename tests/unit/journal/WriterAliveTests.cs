using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Unit.Tests.Clocks;
using Reception.Unit.Tests.Registry;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>Whether the writer's work goes on, which the supervisor is told.</summary>
public sealed class WriterAliveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_writer_that_stands_in_a_batch_for_half_a_minute_is_not_alive_until_it_goes_on()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var book = SetupBook.Open(_folder, new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0));
        book.SetHall(HallFile.Parse(Encoding.UTF8.GetBytes(SmallHall.Plan)), demonstration: false);
        using var goesOn = new ManualResetEventSlim(initialState: true);
        using var stands = new SemaphoreSlim(0);
        using var writer = new JournalWriter(
            new JournalFile(_folder), new HallBoard(), new Renderer(book), new HallClock(clock),
            () =>
            {
                if (!goesOn.IsSet)
                {
                    stands.Release();
                    goesOn.Wait();
                }

                return book.Current.Rules;
            },
            exception => Assert.Fail($"{exception}"), NullLogger<JournalWriter>.Instance);
        writer.Start();
        await writer.ReadyAsync();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(writer.IsAlive);

        goesOn.Reset();
        var submitted = writer.SubmitAsync(new Act(new StartDuty(Guid.CreateVersion7(), 1, "cb01")), cancellation: TestContext.Current.CancellationToken);
        await stands.WaitAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.True(writer.IsAlive);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(writer.IsAlive);

        goesOn.Set();
        await submitted;
        Assert.True(SpinWait.SpinUntil(() => writer.IsAlive, TimeSpan.FromSeconds(30)));
    }
}
