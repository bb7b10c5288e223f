using Reception.Hall.Tests.Parts;
using Reception.Protocol;
using Reception.Unit.Tests;

namespace Reception.Hall.Tests;

public sealed class TwentyCountersTests
{
    private const int Counters = 20;
    private const int Kiosks = 8;

    private static readonly int Rounds = Effort.Of(usual: 50, all: 500);
    private static readonly int Touches = Effort.Of(usual: 250, all: 1000);

    // In the last round half of the officers find no one.
    private static readonly int Citizens = (Counters * Rounds) - (Counters / 2);

    [Fact]
    public async Task Twenty_officers_call_next_at_the_same_instant_again_and_again_and_every_ticket_is_called_once()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(Counters, shared: true));
        var kiosk = hall.Client("bench-1");
        await Parallel.ForAsync(0, Citizens, TestContext.Current.CancellationToken, async (_, _) =>
            (await kiosk.PostAsync("/api/v1/tickets", new { service = HallPlan.SharedService, lane = "normal" })).Ok(201));
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

        Assert.Equal(Numbers('Z', Citizens), called.Order(StringComparer.Ordinal));
        Assert.Equal(Counters / 2, nobody);
        Assert.Equal(Citizens, hall.Query<long>("SELECT count(*) FROM stay WHERE ending = 'served'"));
        hall.DemandNoErrors();

        Task<ApiAnswer[]> AllAsync(string verb) => Task.WhenAll(officers.Select((officer, index) => officer.AtAsync(index + 1, verb)));
    }

    [Fact]
    public async Task Eight_kiosks_touched_again_and_again_give_numbers_without_a_gap()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var kiosks = await Task.WhenAll(Enumerable.Range(1, Kiosks).Select(number => hall.ConnectAsync($"bench-{number}")));
        await Task.WhenAll(kiosks.Select(kiosk => Task.Run(() =>
        {
            for (var touch = 0; touch < Touches; touch++)
            {
                kiosk.Send(ReportTypes.TicketRequest, new { service = HallPlan.Service(1), lane = touch % 5 == 0 ? "priority" : "normal" });
            }
        })));
        await Eventually.TrueAsync(
            () => kiosks.All(kiosk => kiosk.Answers.Count >= Touches), () => string.Join(' ', kiosks.Select(kiosk => kiosk.Answers.Count)), TimeSpan.FromSeconds(120));

        var numbers = kiosks.SelectMany(kiosk => kiosk.Answers).Select(answer => answer.Ok().GetProperty("number").GetString()!);
        Assert.Equal(Numbers(HallPlan.Prefix(1), Kiosks * Touches), numbers.Order(StringComparer.Ordinal));
        foreach (var kiosk in kiosks)
        {
            await kiosk.DisposeAsync();
        }

        hall.DemandNoErrors();
    }

    private static IEnumerable<string> Numbers(char prefix, int count) =>
        Enumerable.Range(1, count).Select(sequence => $"{prefix}{sequence:000}").Order(StringComparer.Ordinal);
}
