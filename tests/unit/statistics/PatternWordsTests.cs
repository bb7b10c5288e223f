using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Reception.Hub.Screens;
using Reception.Hub.Screens.Leader;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Screens.Leader.Ratings;
using Reception.Hub.Statistics;
using Reception.Theme;
using Reception.Unit.Tests.Devices;
using Reception.Unit.Tests.Site;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

/// <summary>Every pattern is said in both languages, and its link leads to its rows.</summary>
public sealed class PatternWordsTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly Phrasebook Phrases = new([typeof(PatternWords).Assembly, typeof(Words).Assembly]);
    private static readonly DateOnly Day = new(2026, 11, 18);
    private static readonly DayRange Days = new(new DateOnly(2026, 11, 1), Day);
    private static readonly DateTimeOffset First = new(2026, 11, 18, 14, 5, 1, 250, TimeSpan.FromHours(7));

    private static readonly UnusualPattern[] All =
    [
        new TopMarkBurst(Day, 2, "cb02", 9, First, First.AddMinutes(26), 0.031),
        new PressesAfterStart(Day, 2, "cb02", 7, First, First.AddMinutes(26), 0.002),
        new EmptyCounterPresses(Day, 5, 6, First, First.AddMinutes(2), 8),
        new LatePresses(Day, "rater-3", 3, 1, First, First, 4),
        new TwoSessions(Day, "rater-3", 3, 2, First, First.AddMinutes(2), ["10.0.0.5", "10.0.0.9"]),
        new LowResponse(Days, "cb05", 0.647, 0.738),
        new EarlyPresses(Days, "cb05", 31, 50, 0.08),
        new OneLevelOnly(Days, "cb05", 5, 45, 0.51),
    ];

    [Fact]
    public void Each_says_what_was_seen_where_when_how_often_and_what_is_usual()
    {
        Assert.Equal(
            [
                "9 lượt Yêu thích liền nhau, mỗi lượt trong 3 giây sau khi kết thúc | Quầy 2, cb02, 18/11, 14:05–14:31. Cả bộ phận: 3,1\u00a0% số lượt như vậy.",
                "7 lượt bấm trong 5 giây sau khi bắt đầu phục vụ | Quầy 2, cb02, 18/11, 14:05–14:31. Cả bộ phận: 0,2\u00a0% số lượt như vậy.",
                "6 lượt bấm khi quầy không có người | Quầy 5, 18/11, 14:05–14:07. Không gắn, không tính. Cả bộ phận: 8 lượt như vậy trong 31 ngày.",
                "Lượt bấm đến máy chủ muộn quá 30 giây, không rõ lý do: 1 | Quầy 3, rater-3, 18/11, 14:05. Không gắn, không tính. Cả bộ phận: 4 lượt như vậy trong 31 ngày.",
                "rater-3 có hai phiên kết nối cùng lúc: 2 lần | Quầy 3, 18/11, 14:05–14:07. Từ 10.0.0.5, 10.0.0.9. Thường mỗi thiết bị chỉ có một phiên.",
                "Phản hồi 64,7\u00a0%, thấp hơn cả bộ phận 73,8\u00a0% | cb05, 01/11–18/11.",
                "62,0\u00a0% số lượt bấm trước khi kết thúc (31 trên 50) | cb05, 01/11–18/11. Cả bộ phận: 8,0\u00a0% số lượt như vậy.",
                "Cả 45 lượt đều là Yêu thích | cb05, 01/11–18/11. Cả bộ phận: 51,0\u00a0% số lượt là mức này.",
            ],
            Said(Phrasebook.Vietnamese));
        Assert.All(Said("en"), sentence => Assert.DoesNotContain("{", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_link_is_read_as_the_question_that_it_was_made_of()
    {
        foreach (var question in All.Select(pattern => pattern.Rows))
        {
            var query = new QueryCollection(QueryHelpers.ParseQuery(RatingsAddress.Query(question)));
            Assert.Equal(question, RatingsAddress.Read(query, Day, Zone));
        }
    }

    [Fact]
    public void The_page_says_which_ratings_it_shows_and_why_a_late_one_belongs_to_nobody()
    {
        var words = Phrases.In(Phrasebook.Vietnamese);
        var late = new RatingFigures(Guid.Empty, First, First.AddMinutes(12), 5, null, Day, null, 3, null, null, Attributed: false, Changed: false, Late: true);

        Assert.Equal("Chỉ hiện: bấm trong 5 giây sau khi bắt đầu phục vụ, từ 14:05:01 đến 14:31:01.", RatingWords.Only(All[1].Rows, words));
        Assert.Equal("Chỉ hiện: từ thiết bị rater-3.", RatingWords.Only(All[4].Rows, words));
        Assert.Equal("Không gắn với lượt nào: đến máy chủ muộn 12 phút, không rõ lý do", RatingWords.Notes(late, words));
        Assert.Contains("muộn 28 giờ,", RatingWords.Notes(late with { ArrivedAt = First.AddHours(28.9) }, words), StringComparison.Ordinal);
        Assert.Contains("muộn 3 ngày,", RatingWords.Notes(late with { ArrivedAt = First.AddDays(3) }, words), StringComparison.Ordinal);
        Assert.Equal("Đến máy chủ 14:17:01", RatingWords.Arrival(late, words));
        Assert.Null(RatingWords.Arrival(late with { ArrivedAt = First.AddSeconds(30) }, words));
        Assert.Equal("Đến máy chủ 19/11/2026 02:05", RatingWords.Arrival(late with { ArrivedAt = First.AddHours(12) }, words));
    }

    private static IEnumerable<string> Said(string language)
    {
        var words = Phrases.In(language);
        // What the patterns name is not in that hall, so that each code stands for itself.
        var names = new Names(Setups.Of(SmallHall.Plan.Replace("HT", "ZZ", StringComparison.Ordinal).Replace("cb01", "zz01", StringComparison.Ordinal)).Current, words);
        return All.Select(pattern => PatternWords.Of(pattern, words, names)).Select(text => $"{text.What} | {text.Where}");
    }
}
