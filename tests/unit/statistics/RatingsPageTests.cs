using System.Text.Json;
using System.Text.Json.Nodes;
using Reception.Hub.Statistics;
using Reception.Protocol;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class RatingsPageTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    private readonly ReadTables _tables = new();

    [Fact]
    public void Pages_follow_each_other_without_a_gap_or_a_double_while_new_ratings_come_in()
    {
        const int Seed = 4711;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var expected = Enumerable.Range(0, 137)
            .Select(_ => random.Next(40) * 1000L)
            .Select(at => (At: at, Id: _tables.Rating(20261123, 1_000_000 + at, random.Next(1, 6))))
            .OrderByDescending(rating => rating.At)
            .ThenByDescending(rating => rating.Id.ToString(), StringComparer.Ordinal)
            .Select(rating => rating.Id)
            .ToList();

        foreach (var limit in new[] { 1, 2, 10, 136, 137, 500 })
        {
            List<Guid> seen = [];
            RatingsCursor? after = null;
            do
            {
                var page = Read(new RatingsQuestion { Limit = limit, After = after, From = new DateOnly(2026, 11, 23) });
                Assert.InRange(page.Ratings.Count, 1, limit);
                seen.AddRange(page.Ratings.Select(rating => rating.Id));
                after = page.Next is { } next && RatingsCursor.TryRead(next.Text, out var again) ? again : null;
                Assert.Equal(page.Next, after);
                _tables.Rating(20261123, 9_000_000 + seen.Count, 5);
            }
            while (after is not null);

            Assert.Equal(expected, seen.Where(expected.Contains));
        }
    }

    [Fact]
    public void Ratings_are_those_of_the_days_of_service_and_of_the_officer()
    {
        var wanted = _tables.Rating(20261123, 5000, 4, stay: 1, officer: "cb02");
        _tables.Rating(20261123, 5001, 4, stay: 2, officer: "cb01");
        _tables.Rating(20261122, 5002, 4, stay: 3, officer: "cb02");
        _tables.Rating(20261124, 5003, 4, stay: 4, officer: "cb02");
        _tables.Rating(20261123, 5004, 4);

        var page = Read(new RatingsQuestion { From = new DateOnly(2026, 11, 23), To = new DateOnly(2026, 11, 23), Officer = "cb02" });

        Assert.Equal(wanted, Assert.Single(page.Ratings).Id);
        Assert.Null(page.Next);
    }

    [Fact]
    public void A_rating_is_written_as_the_wire_contracts_write_it()
    {
        var id = Guid.Parse("0195f2c4-0000-7000-8000-000000000001");
        _tables.Rating(20261123, new DateTimeOffset(2026, 11, 23, 3, 38, 0, 250, TimeSpan.Zero).ToUnixTimeMilliseconds(), 1, id: id, counter: 4);

        var document = RatingDocument.Of(Assert.Single(Read(new RatingsQuestion()).Ratings));

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"id":"0195f2c4-0000-7000-8000-000000000001","at":"2026-11-23T10:38:00.250+07:00","arrivedAt":"2026-11-23T10:38:00.250+07:00","level":1,"reason":null,"officer":null"""
            + ""","counter":4,"service":null,"ticket":null,"attributed":false,"changed":false,"late":false}"""),
            JsonSerializer.SerializeToNode(document, ProtocolJson.Options)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("MTIz")]
    [InlineData("ééé")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTow")]
    public void A_cursor_that_is_none_is_known_as_such(string text) => Assert.False(RatingsCursor.TryRead(text, out _));

    public void Dispose() => _tables.Dispose();

    private RatingsPage Read(RatingsQuestion question) => RatingsPage.Read(_tables.Connection, question, Zone);
}
