using Reception.Hall.Simulation;
using Xunit;

namespace Reception.Unit.Tests.Simulation;

public sealed class ErlangCTests
{
    /// <summary>In the closed forms of one, two and three counters, and as the tables have it for five at four erlangs.</summary>
    [Theory]
    [InlineData(1, 0.7, 0.7)]
    [InlineData(2, 1.0, 1.0 / 3)]
    [InlineData(3, 2.0, 4.0 / 9)]
    [InlineData(5, 4.0, 0.554113)]
    public void The_share_that_waits_is_that_of_the_tables(int counters, double offered, double share) =>
        Assert.Equal(share, new ErlangC(offered * 6, TimeSpan.FromMinutes(10), counters).ShareThatWaits, 6);

    [Fact]
    public void One_counter_at_three_quarters_of_its_time_makes_people_wait_three_service_times() =>
        Assert.Equal(30, new ErlangC(4.5, TimeSpan.FromMinutes(10), 1).MeanWait!.Value.TotalMinutes, 6);

    [Fact]
    public void It_is_the_sum_over_all_states_of_the_queue()
    {
        foreach (var counters in Enumerable.Range(1, 60))
        {
            var formula = new ErlangC(counters * 6 * 0.85, TimeSpan.FromMinutes(10), counters);

            // p(n+1) = p(n) λ / μ(n+1): who arrives finds n people with this chance, and waits for n-c+1 of them to leave.
            var (chance, all, waits) = (1.0, 0.0, 0.0);
            for (var people = 0; people < 3000; people++)
            {
                all += chance;
                waits += people < counters ? 0 : chance * (people - counters + 1) * 10 / counters;
                chance *= formula.Offered / Math.Min(people + 1, counters);
            }

            Assert.Equal(waits / all, formula.MeanWait!.Value.TotalMinutes, 4);
        }
    }

    [Fact]
    public void Where_the_counters_cannot_keep_up_there_is_no_mean()
    {
        Assert.Null(new ErlangC(12, TimeSpan.FromMinutes(10), 2).MeanWait);
        Assert.Equal(1, new ErlangC(13, TimeSpan.FromMinutes(10), 2).ShareThatWaits);
    }
}
