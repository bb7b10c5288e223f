using Reception.Hub.Statistics;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class ReportingPeriodTests
{
    [Theory]
    [InlineData("Month", "2026-02-14", "2026-02-01", "2026-02-28", 2)]
    [InlineData("Month", "2028-02-29", "2028-02-01", "2028-02-29", 2)]
    [InlineData("Quarter", "2026-11-23", "2026-10-01", "2026-12-31", 4)]
    [InlineData("HalfYear", "2026-11-23", "2026-07-01", "2026-12-31", 2)]
    [InlineData("HalfYear", "2026-06-30", "2026-01-01", "2026-06-30", 1)]
    [InlineData("NineMonths", "2026-11-23", "2026-01-01", "2026-09-30", 1)]
    [InlineData("Year", "2026-11-23", "2026-01-01", "2026-12-31", 1)]
    public void A_period_is_that_of_the_calendar(string kind, string day, string from, string to, int number)
    {
        var period = ReportingPeriod.Of(Enum.Parse<PeriodKind>(kind), Day(day));

        Assert.Equal((Day(from), Day(to), number), (period.From, period.To, period.Number));
    }

    [Fact]
    public void Periods_follow_each_other()
    {
        foreach (var kind in ReportingPeriod.Kinds)
        {
            var period = ReportingPeriod.Of(kind, new DateOnly(2026, 11, 23));
            Assert.Equal(period, period.Next.Previous);
            Assert.Equal(period, period.Previous.Next);
            Assert.True(period.Next.From > period.To);
            if (kind is not PeriodKind.NineMonths)
            {
                Assert.Equal(period.To.AddDays(1), period.Next.From);
            }
        }
    }

    private static DateOnly Day(string text) => Days.TryRead(text, out var day) ? day : throw new ArgumentException(text);
}
