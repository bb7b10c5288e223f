using Reception.Hall.Tests.CounterAgent;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Sweep;

/// <summary>The counter agent killed at each sync, from the first start on an empty folder over its first presses.</summary>
[Collection(Alone.Name)]
public sealed class AgentSweepTests
{
    private const int Presses = 4;

    [Fact]
    public Task Killed_at_any_sync_the_agent_loses_no_press_it_acknowledged_and_tells_none_twice() => SyncSweep.RunAsync(4, async sync =>
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Desk);
        await using var agent = AgentProcess.Make(hub);
        using var box = new BoxStandIn(agent.Port(), Hello(1));
        var doomed = await agent.StartDoomedAsync(sync);
        var acknowledged = await PressAsync(box, 1, Presses, () => doomed.HasEnded, agent);
        // Until each of these is answered and off the disk.
        await Eventually.TrueAsync(() => doomed.HasEnded || Levels(hub).Count == Presses, () => agent.Said);
        var wasKilled = doomed.WasKilled;
        await agent.KillAsync();
        agent.Start();

        // A box sends what was not acknowledged again.
        Assert.Equal(Presses + 1, await PressAsync(box, acknowledged + 1, Presses + 1, () => false, agent));
        await Eventually.TrueAsync(() => Levels(hub).Count > Presses, () => agent.Said, TimeSpan.FromSeconds(30));
        Assert.Equal(Enumerable.Range(1, Presses + 1), Levels(hub));
        return wasKilled;
    });

    /// <summary>Presses, each until it is acknowledged or the agent is no more; gives the last one that was acknowledged.</summary>
    private static async Task<int> PressAsync(BoxStandIn box, int first, int last, Func<bool> isOver, AgentProcess agent)
    {
        for (var sequence = first; sequence <= last; sequence++)
        {
            box.Hello = Hello(sequence + 1);
            await Eventually.TrueAsync(
                () =>
                {
                    box.Say($"PRESS,{sequence},{sequence},0");
                    return isOver() || box.Count($"ACK,{sequence}") > 0;
                },
                () => $"{string.Join('\n', box.Told)}\n{agent.Said}",
                TimeSpan.FromSeconds(30));
            if (box.Count($"ACK,{sequence}") == 0)
            {
                return sequence - 1;
            }
        }

        return last;
    }

    private static IReadOnlyList<int> Levels(FakeHub hub) =>
        [.. hub.Told(ReportTypes.RatingPressed).Select(report => report.Data.GetProperty("level").GetInt32())];

    private static string Hello(int next) => $"HELLO,1,R1,1.0.0,{next},3,P";
}
