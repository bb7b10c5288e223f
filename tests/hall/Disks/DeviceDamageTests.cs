using System.Text;
using Reception.Hall.Tests.CounterAgent;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;
using Reception.Unit.Tests;

namespace Reception.Hall.Tests.Disks;

/// <summary>A device's database was damaged while its program was down: what it held arrives, or the hub is told that it is lost.</summary>
[Collection(Alone.Name)]
public sealed class DeviceDamageTests
{
    private static readonly int Rounds = Effort.Of(usual: 3, all: 25);
    private static readonly byte[] Level = Encoding.ASCII.GetBytes("\"level\":4");

    [Fact]
    public async Task An_agent_with_a_flipped_bit_tells_its_press_or_that_it_is_lost_and_takes_the_next_one()
    {
        var seed = Seed.Next();
        var chance = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            await DemandPressAsync(
                path => DamagedFile.Flip(path, chance.NextInt64(new FileInfo(path).Length), chance.Next(8)), $"seed {seed}, round {round}");
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.7)]
    [InlineData(0.99)]
    public Task An_agent_with_a_truncated_database_tells_its_press_or_that_it_is_lost_and_takes_the_next_one(double part) =>
        DemandPressAsync(path => DamagedFile.Truncate(path, (long)(new FileInfo(path).Length * part)), $"{part}");

    [Fact]
    public Task A_flipped_bit_in_the_fact_itself_is_found() => DemandPressAsync(
        path => Assert.All(DamagedFile.Places(path, Level), place => DamagedFile.Flip(path, place + Level.Length - 1, bit: 0)),
        "fact",
        isLost: true);

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public async Task A_truncated_database_of_a_kiosk_is_set_aside_and_numbers_are_given_again(double part)
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = await KioskProcess.StartAsync(hub);
        await kiosk.KillAsync();
        DamagedFile.Settle(kiosk.Database);
        DamagedFile.Truncate(kiosk.Database, (long)(new FileInfo(kiosk.Database).Length * part));
        await kiosk.StartAgainAsync();
        await kiosk.TouchAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);

        Assert.Equal("database", hub.Told(ReportTypes.DeviceFault).Single().Data.GetProperty("code").GetString());
        Assert.DoesNotContain("   at ", kiosk.Said, StringComparison.Ordinal);
    }

    /// <summary>
    /// A press that the agent acknowledged and the hub did not answer is there after the damage, or the hub is told of the damage; the next
    /// press is told in any case.
    /// </summary>
    private static async Task DemandPressAsync(Action<string> damage, string where, bool isLost = false)
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Desk);
        await using var agent = AgentProcess.Make(hub);
        hub.FallSilent();
        using var box = new BoxStandIn(agent.Port(), "HELLO,1,R1,1.0.0,8,3,P");
        agent.Start();
        await SayAsync(8, 4);
        await agent.KillAsync();
        DamagedFile.Settle(agent.Database);
        damage(agent.Database);
        hub.Answer();
        var before = hub.Arrivals.Count;
        agent.Start();
        await SayAsync(9, 5);
        await Eventually.TrueAsync(() => Levels().Contains(5), () => $"{where}: {agent.Said}");

        var isTold = hub.Arrivals.Skip(before)
            .Any(report => report.Type == ReportTypes.DeviceFault && report.Data.GetProperty("code").GetString() == "database");
        var presses = Levels().Count(level => level == 4);
        Assert.True(isLost ? isTold && presses == 0 : isTold || presses == 1, $"{where}: {presses} presses. {agent.Said}");
        Assert.DoesNotContain("   at ", agent.Said, StringComparison.Ordinal);

        IReadOnlyList<int> Levels() =>
        [
            .. hub.Arrivals.Skip(before).Where(report => report.Type == ReportTypes.RatingPressed).DistinctBy(report => report.Id)
                .Select(report => report.Data.GetProperty("level").GetInt32()),
        ];

        Task SayAsync(int sequence, int level) => Eventually.TrueAsync(
            () =>
            {
                box.Hello = $"HELLO,1,R1,1.0.0,{sequence + 1},3,P";
                box.Say($"PRESS,{sequence},{level},0");
                return box.Count($"ACK,{sequence}") > 0;
            },
            () => $"{where}: {agent.Said}",
            TimeSpan.FromSeconds(30));
    }
}
