using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Rater;

/// <summary>The rater's program and the hub's broker: what was thanked for arrives, once, whatever dies in between.</summary>
public sealed class RaterDeliveryTests
{
    [Fact]
    public async Task A_press_while_everything_is_away_outlives_a_kill_and_is_delivered()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Rater);
        await hub.KillAsync();
        await using var rater = await RaterProcess.StartAsync(hub);

        Assert.Contains("Cảm ơn quý vị", await rater.PostAsync("/press?level=5"), StringComparison.Ordinal);
        await rater.KillAsync();
        await rater.StartAgainAsync();
        await hub.StartAgainAsync();
        await Eventually.TrueAsync(() => hub.Reports.Count == 1, () => rater.Said);

        var press = hub.Reports.Single();
        Assert.Equal((ReportTypes.RatingPressed, 5), (press.Type, press.Data.GetProperty("level").GetInt32()));
        // The next fact leaves only once this one is answered and off the disk.
        await rater.PostAsync("/press?level=1");
        await Eventually.TrueAsync(() => hub.Reports.Count == 2, () => rater.Said);
        var arrived = hub.Arrivals.Count(report => report.Id == press.Id);
        await rater.KillAsync();
        await rater.StartAgainAsync();
        await rater.PostAsync("/press?level=3");
        await Eventually.TrueAsync(() => hub.Reports.Count == 3, () => rater.Said);
        Assert.Equal(arrived, hub.Arrivals.Count(report => report.Id == press.Id));
    }

    [Fact]
    public async Task An_unanswered_press_is_sent_again_after_a_restart_of_the_broker_under_a_new_session()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Rater);
        hub.FallSilent();
        await using var rater = await RaterProcess.StartAsync(hub);
        await rater.PostAsync("/press?level=2");
        await Eventually.TrueAsync(() => hub.Arrivals.Count > 0, () => rater.Said);
        var sessions = Sessions(hub);

        await hub.RestartAsync();
        await Eventually.TrueAsync(() => Sessions(hub).Count > sessions.Count, () => rater.Said);
        var before = hub.Arrivals.Count;
        hub.Answer();
        await Eventually.TrueAsync(() => hub.Arrivals.Count > before, () => rater.Said);

        Assert.Single(hub.Reports);
        await Eventually.TrueAsync(() => hub.Presences.All(presence => presence.Kind == DeviceKinds.Rater && presence.Counter == 1), () => rater.Said);
    }

    [Fact]
    public async Task A_killed_rater_leaves_its_death_with_its_own_session()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Rater);
        await using var rater = await RaterProcess.StartAsync(hub);
        await Eventually.TrueAsync(() => hub.Presences.Any(presence => presence.Online), () => rater.Said);

        await rater.KillAsync();
        await Eventually.TrueAsync(() => hub.Presences.Any(presence => !presence.Online), () => rater.Said);

        Assert.Single(hub.Presences.Select(presence => presence.Session).Distinct());
    }

    [Fact]
    public async Task A_command_that_comes_twice_is_carried_out_once()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Rater);
        await using var rater = await RaterProcess.StartAsync(hub);
        await Eventually.TrueAsync(() => hub.Presences.Any(presence => presence.Online), () => rater.Said);
        hub.Show(serving: null);
        var ticket = Guid.CreateVersion7();

        var invitation = hub.Command(CommandTypes.RatingOpen, new { ticket, number = "A012", seconds = 60 });
        await Eventually.TrueAsync(async () => (await rater.ScreenAsync()).Contains("A012", StringComparison.Ordinal), () => rater.Said);
        hub.Command(CommandTypes.RatingClose, new { ticket });
        hub.Send(invitation);
        hub.Command(CommandTypes.Identify, new { seconds = 60 });
        await Eventually.TrueAsync(async () => (await rater.ScreenAsync()).Contains("identify", StringComparison.Ordinal), () => rater.Said);

        Assert.DoesNotContain("A012", await rater.ScreenAsync(), StringComparison.Ordinal);
    }

    private static List<Guid> Sessions(FakeHub hub) => [.. hub.Presences.Where(presence => presence.Online).Select(presence => presence.Session).Distinct()];
}
