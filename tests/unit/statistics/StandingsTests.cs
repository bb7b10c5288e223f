using Reception.Hub.Statistics;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class StandingsTests
{
    [Fact]
    public void Overlapping_intervals_share_ranks_and_small_samples_come_last_without_one()
    {
        var standings = Standings.Of(
        [
            Officer("small", 0, 1, 1, 8, 12),
            Officer("third", 7, 12, 21, 71, 76),
            Officer("fourth", 3, 7, 18, 88, 116),
            Officer("second", 1, 3, 9, 96, 243),
            Officer("none", 0, 0, 0, 0, 0),
            Officer("first", 2, 6, 14, 118, 231),
            Officer("fifth", 2, 5, 15, 83, 109),
        ]);

        Assert.Equal(
            ["second 1–2", "first 1–4", "fifth 2–4", "fourth 2–5", "third 4–5", "small –", "none –"],
            standings.Select(standing => $"{standing.Figures.Officer} {(standing.IsRanked ? $"{standing.Best}–{standing.Worst}" : "–")}"));
    }

    [Fact]
    public void Thirty_ratings_are_ranked_and_twenty_nine_are_not()
    {
        var standings = Standings.Of([Officer("enough", 0, 0, 0, 0, 30), Officer("few", 0, 0, 0, 0, 29)]);

        Assert.Equal([(1, 1), (null, null)], standings.Select(standing => (standing.Best, standing.Worst)));
    }

    private static OfficerFigures Officer(string code, long one, long two, long three, long four, long five) => new(
        code, new Tally { Level1 = one, Level2 = two, Level3 = three, Level4 = four, Level5 = five }, 0, []);
}
