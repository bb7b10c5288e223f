using Microsoft.AspNetCore.Http;
using Reception.Hub.Province;
using Xunit;

namespace Reception.Unit.Tests.Province;

/// <summary>Guards what is no acknowledgement (R9), and a province that refuses everything (R15).</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(200, "text/html")]
    [InlineData(200, "Text/HTML; charset=utf-8")]
    [InlineData(202, "text/html;")]
    public async Task A_web_page_is_no_acknowledgement_and_raises_an_alarm(int status, string contentType)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        for (var time = 0; time < 2; time++)
        {
            hall.Province.Answers(async context =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.ContentType = contentType;
                await context.Response.WriteAsync("<html>sign in</html>");
            });
        }

        hall.Commit(2);
        await hall.StartAsync();
        var first = await hall.Province.NextAsync();
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        await hall.Province.NextAsync();
        var wait = await hall.Clock.WaitAsync(TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(2.4));
        var troubled = hall.Forwarder.Status();
        Assert.Equal((ProvinceAlarm.WebPage, 0L, 0, null), (troubled.Alarm?.Code, troubled.Cursor, troubled.Parked, troubled.LastSuccess));

        hall.Clock.Advance(wait);
        var third = await hall.Province.NextAsync();
        Assert.Equal(first.Key, third.Key);
        Assert.Equal(first.Body, third.Body);
        Assert.Equal((2L, null), (await hall.DrainedAsync()) is var now ? (now.Cursor, now.Alarm) : default);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Another_content_type_is_an_acknowledgement(string? contentType)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Answers(context =>
        {
            context.Response.ContentType = contentType;
            return Task.CompletedTask;
        });
        hall.Commit(1);
        await hall.StartAsync();

        await hall.Province.NextAsync();
        Assert.Equal((1L, null), (await hall.DrainedAsync()) is var now ? (now.Cursor, now.Alarm) : default);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task After_five_parked_in_a_row_nothing_more_is_parked_and_the_rest_waits_for_the_province(int status)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Always = _ => status;
        hall.Commit(20);
        await hall.StartAsync();
        await UntilWaitingAsync(hall, 0.8, 1.2);

        var troubled = hall.Forwarder.Status();
        Assert.Equal((5, 5L, ProvinceAlarm.Refusals), (troubled.Parked, troubled.Cursor, troubled.Alarm?.Code));
        await ForgetAsync(hall);
        for (var seconds = 1; seconds <= 16; seconds *= 2)
        {
            await hall.Clock.PassAsync(TimeSpan.FromSeconds(seconds * 0.8), TimeSpan.FromSeconds(seconds * 1.2));
            Assert.Equal([6L], (await hall.Province.NextAsync()).Sequences);
        }

        Assert.Equal((5, 15L), hall.Forwarder.Status() is var later ? (later.Parked, later.Backlog) : default);
        await hall.KillAsync();
        await hall.StartAsync();
        await hall.Clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        Assert.Equal(5, hall.Forwarder.Status().Parked);
    }

    [Fact]
    public async Task An_acknowledgement_between_refusals_begins_the_count_anew()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        var good = 0;
        hall.Province.Always = batch => batch.Sequences is [5 or 10] && ++good > 0 ? 200 : 422;
        hall.Commit(14);
        await hall.StartAsync();
        while (await hall.Clock.WaitAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5)) is { TotalSeconds: < 0.5 } pace)
        {
            hall.Clock.Advance(pace);
        }

        Assert.Equal((12, null, 2), (await hall.DrainedAsync()) is var now ? (now.Parked, now.Alarm, good) : default);
    }

    [Fact]
    public async Task All_parked_are_sent_again_in_one_act_in_order_before_what_waits_each_with_a_new_key()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        var keys = new List<string?>();
        var taken = new List<long>();
        var refuses = true;
        hall.Province.Always = batch =>
        {
            keys.Add(batch.Key);
            if (refuses)
            {
                return 422;
            }

            taken.AddRange(batch.Sequences);
            return 200;
        };
        hall.Commit(8);
        await hall.StartAsync();
        await UntilWaitingAsync(hall, 0.8, 1.2);
        hall.Commit(2);

        refuses = false;
        await ForgetAsync(hall);

        // A person who has put something right need not wait for the next attempt.
        Assert.Equal(5, await hall.Forwarder.ResendAllAsync());
        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
        for (var last = 0L; last < 10; last = (await hall.Province.NextAsync()).Sequences[^1])
        {
        }

        var now = await hall.DrainedAsync();
        Assert.Equal(Enumerable.Range(1, 10).Select(one => (long)one), taken);
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal((0, null, 0L), (now.Parked, now.Alarm, now.Backlog));
        Assert.Equal(0, await hall.Forwarder.ResendAllAsync());
    }

    [Fact]
    public async Task Sent_again_to_a_province_that_still_refuses_they_stay_parked_and_it_is_left_alone_again()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.Province.Always = _ => 422;
        hall.Commit(8);
        await hall.StartAsync();
        await UntilWaitingAsync(hall, 0.8, 1.2);

        await ForgetAsync(hall);

        await hall.Forwarder.ResendAllAsync();
        for (var sequence = 1; sequence <= 6; sequence++)
        {
            await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.25));
            Assert.Equal([sequence], (await hall.Province.NextAsync()).Sequences);
        }

        await hall.Clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        Assert.Equal((5, 3L, ProvinceAlarm.Refusals), hall.Forwarder.Status() is var now ? (now.Parked, now.Backlog, now.Alarm?.Code) : default);
    }

    private static async Task ForgetAsync(ForwardedHall hall)
    {
        while (hall.Province.HasMore)
        {
            await hall.Province.NextAsync();
        }
    }

    /// <summary>Lets the paced attempts pass until the forwarder waits so many seconds.</summary>
    private static async Task UntilWaitingAsync(ForwardedHall hall, double least, double most)
    {
        while (await hall.Clock.WaitAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(most)) is var wait && wait.TotalSeconds < least)
        {
            hall.Clock.Advance(wait);
        }
    }
}
