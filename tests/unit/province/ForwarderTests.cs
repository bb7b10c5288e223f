using Microsoft.AspNetCore.Http;
using Reception.Hub.Options;
using Reception.Hub.Province;
using Xunit;

namespace Reception.Unit.Tests.Province;

public sealed class ForwarderTests
{
    [Fact]
    public async Task Events_go_in_journal_order_at_most_100_a_batch()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Commit(250);
        await hall.StartAsync();

        var batches = new[] { await hall.Province.NextAsync(), await hall.Province.NextAsync(), await hall.Province.NextAsync() };

        Assert.Equal([100, 100, 50], batches.Select(batch => batch.Events.Count));
        Assert.Equal(Sequence(1, 250), batches.SelectMany(batch => batch.Sequences));
        Assert.Equal(3, batches.Select(batch => batch.Key).Distinct().Count());
        Assert.All(batches, batch => Assert.Equal("application/cloudevents-batch+json", batch.ContentType));
        Assert.All(batches, batch => Assert.Equal("/events?site=w1", batch.Path));
        var status = await hall.DrainedAsync();
        Assert.Equal((250, 0, null), (status.Cursor, status.Backlog, status.Trouble));
        Assert.Equal(hall.Clock.GetUtcNow(), status.LastSuccess);
    }

    [Fact]
    public async Task A_commit_wakes_the_forwarder_and_a_lost_signal_is_made_good_within_seconds()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        await hall.StartAsync();
        await hall.DrainedAsync();

        hall.Commit(1);
        Assert.Equal([1L], (await hall.Province.NextAsync()).Sequences);
        await hall.DrainedAsync();

        hall.Commit(1, signal: false);
        hall.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([2L], (await hall.Province.NextAsync()).Sequences);
    }

    [Fact]
    public async Task A_batch_is_cut_before_256_KiB_of_the_bytes_that_are_sent()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Commit(60, bodyBytes: 10_000);
        await hall.StartAsync();

        var sequences = new List<long>();
        while (sequences.Count < 60)
        {
            var batch = await hall.Province.NextAsync();
            Assert.True(batch.Body.Length <= 256 * 1024, $"{batch.Body.Length} bytes");
            Assert.True(batch.Body.Length > 240 * 1024 || sequences.Count + batch.Events.Count == 60, $"only {batch.Body.Length} bytes");
            sequences.AddRange(batch.Sequences);
        }

        Assert.Equal(Sequence(1, 60), sequences);
    }

    [Fact]
    public async Task An_event_larger_than_any_batch_is_parked_and_the_rest_goes_on()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Commit(1);
        hall.Commit(1, bodyBytes: 300_000);
        hall.Commit(1);
        await hall.StartAsync();

        Assert.Equal([1L], (await hall.Province.NextAsync()).Sequences);
        Assert.Equal([3L], (await hall.Province.NextAsync()).Sequences);
        Assert.Equal(1, (await hall.DrainedAsync()).Parked);
        Assert.Equal(2, Assert.Single(hall.Forwarder.Parked()).Sequence);
    }

    [Fact]
    public async Task What_stays_in_the_house_is_passed_over_and_leaves_no_backlog()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Commit(1, kind: "day.opened");
        hall.Commit(2);
        hall.Commit(150, kind: "day.opened");
        await hall.StartAsync();

        Assert.Equal([2L, 3L], (await hall.Province.NextAsync()).Sequences);
        Assert.Equal((153, 0), (await hall.DrainedAsync()) is var status ? (status.Cursor, status.Backlog) : default);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task A_failing_province_is_asked_again_after_1_s_doubling_with_the_same_key_and_bytes(int status)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(status, status, status);
        hall.Commit(3);
        await hall.StartAsync();

        var first = await hall.Province.NextAsync();
        foreach (var seconds in new[] { 1, 2, 4 })
        {
            await hall.Clock.PassAsync(TimeSpan.FromSeconds(seconds * 0.8), TimeSpan.FromSeconds(seconds * 1.2));
            var again = await hall.Province.NextAsync();
            Assert.Equal(first.Key, again.Key);
            Assert.Equal(first.Body, again.Body);
        }

        Assert.Equal((3, 0, null, null), (await hall.DrainedAsync()) is var now ? (now.Cursor, now.Backlog, now.Alarm, now.Trouble) : default);
    }

    [Theory]
    [InlineData(429, "120", 120, 132)]
    [InlineData(503, "7", 7, 7.7)]
    [InlineData(503, "Mon, 23 Nov 2026 01:10:00 GMT", 600, 660)]
    [InlineData(429, "86400", 3600, 3600)]
    [InlineData(429, "0", 1, 1.1)]
    [InlineData(503, "Mon, 23 Nov 2026 00:10:00 GMT", 1, 1.1)]
    public async Task The_province_is_left_alone_as_long_as_it_asks_and_at_most_an_hour(int status, string retryAfter, double least, double most)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            context.Response.Headers.Date = "Mon, 23 Nov 2026 01:00:00 GMT";
            return Task.CompletedTask;
        });
        hall.Commit(1);
        await hall.StartAsync();
        await hall.Province.NextAsync();

        var far = await hall.Clock.WaitAsync(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));
        hall.Signal.Set();
        hall.Clock.Advance(far - TimeSpan.FromMilliseconds(1));
        Assert.False(hall.Province.HasMore);
        hall.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await hall.Province.NextAsync();
    }

    [Fact]
    public async Task A_date_to_come_back_is_read_against_the_provinces_own_clock()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.Date = "Mon, 23 Nov 2026 09:00:00 GMT";
            context.Response.Headers.RetryAfter = "Mon, 23 Nov 2026 09:02:00 GMT";
            return Task.CompletedTask;
        });
        hall.Commit(1);
        await hall.StartAsync();

        await hall.Clock.PassAsync(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(132));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(307)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(410)]
    public async Task A_wrong_address_raises_an_alarm_until_it_is_put_right_and_parks_nothing(int status)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        for (var time = 0; time < 2; time++)
        {
            hall.Province.Answers(context =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = "/elsewhere";
                return Task.CompletedTask;
            });
        }

        var raised = hall.Clock.GetUtcNow();
        hall.Commit(2);
        await hall.StartAsync();

        var first = await hall.Province.NextAsync();
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        var second = await hall.Province.NextAsync();
        var wait = await hall.Clock.WaitAsync(TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(2.4));
        var troubled = hall.Forwarder.Status();
        Assert.Equal((0, 0, raised), (troubled.Parked, troubled.Cursor, troubled.Alarm?.Since));
        Assert.Equal("address", troubled.Alarm?.Code);
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), troubled.Alarm?.Words, StringComparison.Ordinal);

        hall.Clock.Advance(wait);
        var third = await hall.Province.NextAsync();
        Assert.All(new[] { second, third }, again => Assert.Equal((first.Key, first.Path), (again.Key, again.Path)));
        Assert.Equal((null, 2), (await hall.DrainedAsync()) is var now ? (now.Alarm, now.Cursor) : default);
    }

    [Fact]
    public async Task Silence_is_given_up_after_30_s_and_asked_again()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        hall.Commit(1);
        await hall.StartAsync();

        var first = await hall.Province.NextAsync();
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        Assert.Equal(first.Key, (await hall.Province.NextAsync()).Key);
        await hall.DrainedAsync();
    }

    [Fact]
    public async Task A_broken_line_is_tried_again_for_ever_and_events_made_meanwhile_follow_in_order()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        await hall.Province.CloseAsync();
        hall.Commit(2);
        await hall.StartAsync();
        for (var seconds = 1; seconds < 3600; seconds *= 2)
        {
            // The 30 s of an attempt that is under way are not the wait that is meant.
            var plain = Math.Min(seconds, 750);
            await hall.Clock.PassAsync(TimeSpan.FromSeconds(seconds == 32 ? 30.001 : plain * 0.8), TimeSpan.FromSeconds(plain * 1.2));
            hall.Commit(1);
        }

        Assert.Contains("could not be reached", hall.Forwarder.Status().Trouble, StringComparison.Ordinal);
        var last = await hall.Clock.WaitAsync(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(900));
        await hall.Province.OpenAsync();
        hall.Clock.Advance(last);

        Assert.Equal([1L, 2L], (await hall.Province.NextAsync()).Sequences);
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        Assert.Equal(Sequence(3, 12), (await hall.Province.NextAsync()).Sequences);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_before_its_status_is_no_answer()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(context => { context.Abort(); return Task.CompletedTask; });
        hall.Commit(1);
        await hall.StartAsync();

        var first = await hall.Province.NextAsync();
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        Assert.Equal(first.Key, (await hall.Province.NextAsync()).Key);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task An_endless_answer_is_cut_off_and_its_status_counts(int status)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        var over = new TaskCompletionSource();
        hall.Province.Answers(async context =>
        {
            context.Response.StatusCode = status;
            var piece = new byte[4096];
            try
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                over.SetResult();
            }
        });
        hall.Commit(1);
        await hall.StartAsync();
        await hall.Province.NextAsync();

        await over.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        if (status == 200)
        {
            await hall.DrainedAsync();
            Assert.Equal(1, hall.Forwarder.Status().Cursor);
        }
        else
        {
            await hall.Clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        }
    }

    [Fact]
    public async Task A_kill_between_sending_and_the_answer_sends_the_same_bytes_under_the_same_key()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        hall.Commit(120);
        await hall.StartAsync();
        var first = await hall.Province.NextAsync();
        await hall.KillAsync();

        hall.Commit(30);
        await hall.StartAsync();

        var again = await hall.Province.NextAsync();
        Assert.Equal(first.Key, again.Key);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(Sequence(101, 50), (await hall.Province.NextAsync()).Sequences);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task A_refused_event_is_found_by_halving_parked_and_everything_else_arrives_once_in_order(int status)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        var taken = new List<long>();
        var keys = new List<string?>();
        hall.Province.Always = batch =>
        {
            keys.Add(batch.Key);
            if (batch.Sequences.Contains(37) || batch.Sequences.Contains(38))
            {
                return status;
            }

            taken.AddRange(batch.Sequences);
            return 200;
        };
        hall.Commit(130);
        await hall.StartAsync();
        while (await hall.Clock.WaitAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5)) is { TotalSeconds: < 1 } pace)
        {
            hall.Clock.Advance(pace);
        }

        var now = await hall.DrainedAsync();
        Assert.Equal(Sequence(1, 130).Except([37, 38]), taken);
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal((2, null), (now.Parked, now.Alarm));
        Assert.Equal([(37, status), (38, status)], hall.Forwarder.Parked().Select(parked => ((int)parked.Sequence, parked.Status)));
    }

    [Fact]
    public async Task Halving_goes_on_after_a_kill_where_it_was()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(400, 200);
        hall.Province.Answers(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        hall.Commit(8);
        await hall.StartAsync();
        Assert.Equal(Sequence(1, 8), (await hall.Province.NextAsync()).Sequences);
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        Assert.Equal(Sequence(1, 4), (await hall.Province.NextAsync()).Sequences);
        var half = await hall.Province.NextAsync();
        Assert.Equal(Sequence(5, 4), half.Sequences);
        await hall.KillAsync();

        hall.Commit(3);
        await hall.StartAsync();

        var again = await hall.Province.NextAsync();
        Assert.Equal(half.Key, again.Key);
        Assert.Equal(half.Body, again.Body);
        Assert.Equal(Sequence(9, 3), (await hall.Province.NextAsync()).Sequences);
    }

    [Fact]
    public async Task A_parked_event_can_be_sent_again_under_a_new_key()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(async context =>
        {
            context.Response.StatusCode = 422;
            await context.Response.WriteAsync("unknown service");
        });
        hall.Commit(1);
        await hall.StartAsync();
        var refused = await hall.Province.NextAsync();
        await hall.DrainedAsync();
        Assert.Equal("unknown service", Assert.Single(hall.Forwarder.Parked()).Answer);

        hall.Province.Answers(422);
        Assert.True(await hall.Forwarder.ResendAsync(1));
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        var second = await hall.Province.NextAsync();
        Assert.Equal(1, (await hall.DrainedAsync()).Parked);

        Assert.True(await hall.Forwarder.ResendAsync(1));
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        var third = await hall.Province.NextAsync();

        Assert.Equal((0, 1), (await hall.DrainedAsync()) is var now ? (now.Parked, now.Cursor) : default);
        Assert.Equal(3, new[] { refused.Key, second.Key, third.Key }.Distinct().Count());
        Assert.All(new[] { second, third }, again => Assert.Equal(refused.Body, again.Body));
        Assert.False(await hall.Forwarder.ResendAsync(1));
    }

    [Fact]
    public async Task After_a_minute_of_silence_at_most_five_batches_a_second_until_nothing_is_left()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(context => { context.Response.StatusCode = 503; context.Response.Headers.RetryAfter = "61"; return Task.CompletedTask; });
        hall.Commit(1500);
        await hall.StartAsync();
        await hall.Province.NextAsync();
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(61), TimeSpan.FromSeconds(68));

        var sent = new List<DateTimeOffset>();
        for (var batch = 0; batch < 15; batch++)
        {
            if (batch > 0)
            {
                await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
            }

            await hall.Province.NextAsync();
            sent.Add(hall.Clock.GetUtcNow());
        }

        Assert.All(sent.Skip(5).Zip(sent), pair => Assert.True(pair.First - pair.Second > TimeSpan.FromSeconds(1), $"{pair.First - pair.Second}"));
        await hall.DrainedAsync();
        hall.Commit(300);
        for (var batch = 0; batch < 3; batch++)
        {
            await hall.Province.NextAsync();
        }

        await hall.DrainedAsync();
    }

    [Fact]
    public async Task A_hub_that_starts_with_an_old_backlog_does_not_flood_the_province()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Commit(200);
        hall.Clock.Advance(TimeSpan.FromDays(30));
        await hall.StartAsync();

        await hall.Province.NextAsync();
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        await hall.Province.NextAsync();
        await hall.DrainedAsync();
    }

    [Fact]
    public async Task A_journal_restored_from_a_backup_is_forwarded_from_the_last_row_that_both_know()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        await hall.StartAsync();
        hall.Commit(10);
        await hall.Province.NextAsync();
        await hall.DrainedAsync();
        hall.Commit(5);
        await hall.Province.NextAsync();
        await hall.DrainedAsync();
        hall.BackUp();
        hall.Commit(20);
        await hall.Province.NextAsync();
        await hall.DrainedAsync();
        await hall.KillAsync();

        hall.Restore();
        hall.Commit(30);
        await hall.StartAsync();

        Assert.Equal(Sequence(16, 30), (await hall.Province.NextAsync()).Sequences);
        Assert.Equal(45, (await hall.DrainedAsync()).Cursor);
    }

    [Fact]
    public async Task Without_an_address_nothing_is_sent_and_the_cursor_stays()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Options = new ProvinceOptions();
        hall.Commit(3);
        await hall.StartAsync();
        await hall.Forwarder.ExecuteTask!;

        Assert.Equal((false, 0L, 3L), hall.Forwarder.Status() is var now ? (now.On, now.Cursor, now.Backlog) : default);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_tried_again()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Commit(1);
        File.Move(hall.File("hub.db"), hall.File("away.db"));
        await hall.StartAsync();
        var wait = await hall.Clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        File.Move(hall.File("away.db"), hall.File("hub.db"));
        hall.Clock.Advance(wait);

        Assert.Equal([1L], (await hall.Province.NextAsync()).Sequences);
    }

    private static IEnumerable<long> Sequence(int first, int count) => Enumerable.Range(first, count).Select(one => (long)one);

    private static IEnumerable<string?> Ids(Received batch) => batch.Events.Select(one => one.GetProperty("id").GetString());
}
