using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests;

public sealed class TwentyCountersTests
{
    private const int Counters = 20;
    private const int Rounds = 50;

    // In the last round half of the officers find no one.
    private const int Citizens = (Counters * Rounds) - (Counters / 2);

    [Fact]
    public async Task Twenty_officers_call_next_at_the_same_instant_fifty_times_and_every_ticket_is_called_once()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(Counters, shared: true));
        await Parallel.ForAsync(0, Citizens, TestContext.Current.CancellationToken, async (_, _) =>
            (await hall.Client("bench-1").PostAsync("/api/v1/tickets", new { service = HallPlan.SharedService, lane = "normal" })).Ok(201));
        var officers = await Task.WhenAll(Enumerable.Range(1, Counters).Select(counter => hall.SignedInAsync(HallPlan.Officer(counter), counter)));
        var called = new List<string>();
        var nobody = 0;

        for (var round = 0; round < Rounds; round++)
        {
            var answers = await AllAsync("call-next");
            called.AddRange(answers.Where(answer => answer.Status == 200).Select(answer => answer.Ok().GetProperty("ticket").GetProperty("number").GetString()!));
            nobody += answers.Count(answer => answer.Status == 204);
            Assert.All(await AllAsync("finish"), answer => Assert.True(answer.Status is 200 or 409, answer.Text));
        }

        Assert.Equal(Enumerable.Range(1, Citizens).Select(sequence => $"Z{sequence:000}"), called.Order(StringComparer.Ordinal));
        Assert.Equal(Counters / 2, nobody);
        Assert.Equal(Citizens, hall.Query<long>("SELECT count(*) FROM stay WHERE ending = 'served'"));
        hall.DemandNoErrors();

        Task<ApiAnswer[]> AllAsync(string verb) => Task.WhenAll(officers.Select((officer, index) => officer.AtAsync(index + 1, verb)));
    }
}
