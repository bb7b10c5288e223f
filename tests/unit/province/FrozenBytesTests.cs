using Xunit;

namespace Reception.Unit.Tests.Province;

/// <summary>Guards that an event once sent is sent with the same bytes for ever, and that a receiver can tell a gap.</summary>
public sealed class FrozenBytesTests
{
    [Fact]
    public async Task Another_version_of_the_hub_sends_what_the_first_one_composed()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        hall.Commit(2);
        await hall.StartAsync();
        var first = await hall.Province.NextAsync();
        await hall.KillAsync();

        hall.Version = "2";
        hall.Commit(1);
        await hall.StartAsync();

        var again = await hall.Province.NextAsync();
        Assert.Equal(first.Key, again.Key);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal("2", Assert.Single((await hall.Province.NextAsync()).Events).GetProperty("data").GetProperty("version").GetString());
    }

    [Fact]
    public async Task The_halves_of_a_refused_batch_and_a_parked_event_keep_the_bytes_of_the_first_try()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(422);
        hall.Province.Answers(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        hall.Commit(2);
        await hall.StartAsync();
        var first = await hall.Province.NextAsync();
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        await hall.Province.NextAsync();
        await hall.KillAsync();

        hall.Version = "2";
        hall.Province.Answers(422);
        await hall.StartAsync();
        var front = await hall.Province.NextAsync();
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        var back = await hall.Province.NextAsync();
        await hall.DrainedAsync();
        await hall.KillAsync();
        hall.Version = "3";
        await hall.StartAsync();
        Assert.True(await hall.Forwarder.ResendAsync(1));
        var parked = await hall.Province.NextAsync();

        Assert.Equal(Raw(first), [Raw(front).Single(), Raw(back).Single()]);
        Assert.Equal(front.Body, parked.Body);
        Assert.NotEqual(front.Key, parked.Key);
    }

    [Fact]
    public async Task The_bytes_stay_until_40_days_after_the_acknowledgement_and_a_parked_events_until_it_is_sent()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Always = batch => batch.Sequences.Contains(1) ? 422 : 200;
        hall.Commit(1);
        await hall.StartAsync();
        var refused = await hall.Province.NextAsync();
        await hall.DrainedAsync();
        hall.Commit(3);
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        await hall.Province.NextAsync();
        await hall.DrainedAsync();

        await NextDayAsync(TimeSpan.FromDays(39.9));
        Assert.Equal(5, hall.Count("province_event"));
        await NextDayAsync(TimeSpan.FromDays(0.2));
        Assert.Equal(3, hall.Count("province_event"));

        hall.Version = "2";
        hall.Province.Always = null;
        Assert.True(await hall.Forwarder.ResendAsync(1));
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        Assert.Equal(refused.Body, (await hall.Province.NextAsync()).Body);

        async Task NextDayAsync(TimeSpan later)
        {
            hall.Clock.Advance(later);
            hall.Commit(1);
            await hall.Province.NextAsync();
            await hall.DrainedAsync();
        }
    }

    [Fact]
    public async Task Each_event_names_the_forwarded_one_before_it_whatever_the_batches()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Always = batch => batch.Sequences.Contains(4) ? 422 : 200;
        hall.Commit(1, kind: "day.opened");
        hall.Commit(1);
        hall.Commit(1, kind: "day.opened");
        hall.Commit(2);
        await hall.StartAsync();
        Assert.Equal(["0", "2", "4"], (await hall.Province.NextAsync()).After);
        while (await hall.Clock.WaitAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5)) is { TotalSeconds: < 0.5 } pace)
        {
            hall.Clock.Advance(pace);
        }

        var halves = new List<Received>();
        while (hall.Province.HasMore)
        {
            halves.Add(await hall.Province.NextAsync());
        }

        Assert.Equal(["0", "2,4", "2", "4"], halves.Select(half => string.Join(',', half.After)));
        await hall.DrainedAsync();
        await hall.KillAsync();
        hall.Commit(1, kind: "day.opened");
        await hall.StartAsync();
        await hall.DrainedAsync();
        hall.Commit(1);
        Assert.Equal(["5"], (await hall.Province.NextAsync()).After);

        hall.Province.Always = null;
        await hall.DrainedAsync();
        Assert.True(await hall.Forwarder.ResendAsync(4));
        Assert.Equal(["2"], (await hall.Province.NextAsync()).After);
    }

    [Fact]
    public async Task An_event_that_is_too_large_to_be_sent_is_a_gap_to_the_receiver()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Commit(1);
        hall.Commit(1, bodyBytes: 300_000);
        hall.Commit(1);
        await hall.StartAsync();

        Assert.Equal(["0"], (await hall.Province.NextAsync()).After);
        Assert.Equal(["2"], (await hall.Province.NextAsync()).After);
    }

    [Fact]
    public async Task A_journal_has_one_id_over_restarts_and_another_hall_has_another()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        await using var other = await ForwardedHall.OpenAsync();
        hall.Commit(1);
        await hall.StartAsync();
        var first = Journal(await hall.Province.NextAsync());
        await hall.DrainedAsync();
        await hall.KillAsync();
        hall.Commit(1);
        await hall.StartAsync();

        Assert.Equal(first, Journal(await hall.Province.NextAsync()));
        Assert.Equal(first, hall.Journal());
        Assert.NotEqual(first, other.Journal());
        Assert.Equal(7, first.Version);
    }

    private static Guid Journal(Received batch) => Assert.Single(batch.Events).GetProperty("journal").GetGuid();

    private static IEnumerable<string> Raw(Received batch) => batch.Events.Select(one => one.GetRawText());
}
