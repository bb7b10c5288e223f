using Reception.Theme;

namespace Reception.Unit.Tests.Theme;

public sealed class WordsTests
{
    private static readonly Phrasebook Phrases = new([]);
    private static readonly DateTimeOffset Instant = new(2026, 11, 23, 9, 5, 7, TimeSpan.FromHours(7));

    [Fact]
    public void Vietnamese_writes_points_in_thousands_and_a_comma_in_decimals()
    {
        var words = Phrases.In("vi");
        Assert.Equal("1.856", words.Number(1856));
        Assert.Equal("95,95\u00a0%", words.Percent(0.9595, 2));
        Assert.Equal("12 phút", words.Minutes(TimeSpan.FromSeconds(779)));
        Assert.Equal("dưới 1 phút", words.Minutes(TimeSpan.FromSeconds(59)));
    }

    [Fact]
    public void English_writes_them_its_own_way()
    {
        var words = Phrases.In("en");
        Assert.Equal("1,856", words.Number(1856));
        Assert.Equal("95.95%", words.Percent(0.9595, 2));
    }

    [Theory]
    [InlineData("vi", "Thứ Hai, 23/11/2026")]
    [InlineData("en", "Monday, 23/11/2026")]
    public void Days_are_written_day_first_and_the_clock_counts_to_24(string language, string day)
    {
        var words = Phrases.In(language);
        Assert.Equal(day, words.LongDate(new DateOnly(2026, 11, 23)));
        Assert.Equal("09:05", words.Time(Instant));
        Assert.Equal("21:05:07", words.TimeWithSeconds(Instant.AddHours(12)));
        Assert.Equal("23/11/2026 09:05", words.DateAndTime(Instant));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("xx")]
    public void A_language_that_nobody_has_is_Vietnamese(string? language) => Assert.Equal("vi", Phrases.In(language).Language);
}
