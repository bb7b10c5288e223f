using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>A finger on the simulated box until the officer's row, through the agent and the hub, each of which may die on the way.</summary>
public sealed class BoxToOfficerTests
{
    [Fact]
    public async Task A_press_counts_for_the_officer_who_served_and_again_with_each_part_killed_in_the_middle()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var place = hall.NextPlace();
        var officer = await place.SignInAsync();
        var leader = await hall.SignedInAsync(HallPlan.Leader);
        await using var agent = AgentProcess.Make(place);
        using var box = new BenchBox(agent.Port(), "BOX0");
        agent.Start();

        await ServeAsync(5, "");
        await ServeAsync(1, "agent");
        await ServeAsync(4, "hub");
        await ServeAsync(2, "hub");

        hall.DemandNoErrors();
        var day = (await hall.Anyone.GetAsync("/api/v1/hall")).Ok().GetProperty("day").GetString();
        var ratings = (await leader.GetAsync($"/api/v1/ratings?from={day}&to={day}&officer={place.Officer}")).Ok().GetProperty("ratings");
        Assert.Equal([2, 4, 1, 5], ratings.EnumerateArray().Select(rating => rating.GetProperty("level").GetInt32()));
        Assert.All(ratings.EnumerateArray(), rating => Assert.True(rating.GetProperty("attributed").GetBoolean()));

        async Task ServeAsync(int level, string killed)
        {
            await place.TakeNumberAsync();
            (await officer.AtAsync(place.Counter, "call-next")).Ok();
            (await officer.AtAsync(place.Counter, "start")).Ok();
            var before = await RatedAsync();
            await (killed switch
            {
                "agent" => agent.KillAsync(),
                _ => Task.CompletedTask,
            });
            (await officer.AtAsync(place.Counter, "finish")).Ok();
            if (killed == "")
            {
                // The five faces are lit while the citizen is invited.
                await Eventually.TrueAsync(async () => await box.DoAsync("leds?") == "leds 1 1 1 1 1 buzzer 0", () => agent.Said);
            }

            if (killed == "hub")
            {
                await hall.KillHubAsync();
            }

            Assert.Equal("ok", await box.DoAsync($"press {level}"));
            switch (killed)
            {
                case "agent":
                    agent.Start();
                    break;
                case "hub":
                    await hall.StartHubAsync();
                    break;
            }

            await Eventually.TrueAsync(async () => await RatedAsync() == before + 1, () => agent.Said, TimeSpan.FromSeconds(60));
            await box.DoAsync("wait 1700ms");
        }

        async Task<int> RatedAsync()
        {
            var day = (await hall.Anyone.GetAsync("/api/v1/hall")).Ok().GetProperty("day").GetString();
            return (await leader.GetAsync($"/api/v1/statistics/officers?from={day}&to={day}")).Ok().GetProperty("officers").EnumerateArray()
                .Single(row => row.GetProperty("officer").GetProperty("code").GetString() == place.Officer).GetProperty("rated").GetInt32();
        }
    }
}
