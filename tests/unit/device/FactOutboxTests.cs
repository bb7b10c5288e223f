using System.Diagnostics;
using System.Text;
using Reception.Protocol;
using KeptFact = Reception.Device.Reporting.Fact;

namespace Reception.Unit.Tests.Device;

public sealed class FactOutboxTests
{
    [Fact]
    public async Task The_oldest_fact_goes_first_and_the_next_only_after_its_answer()
    {
        await using var disk = new OutboxOnDisk();
        var first = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 1 });
        var second = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 2 });
        disk.Outbox.Linked(true);

        Assert.Equal(first.Id, (await disk.NextSentAsync()).Id);
        Assert.Equal(0, disk.SentSoFar);
        disk.Answer(first.Id);
        Assert.Equal(second.Id, (await disk.NextSentAsync()).Id);
        disk.Answer(second.Id);
        Assert.Equal(0, disk.Outbox.Waiting);
    }

    [Fact]
    public async Task A_delivered_press_can_be_read_nowhere_on_the_disk()
    {
        await using var disk = new OutboxOnDisk();
        var first = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 1, reason = "first-secret" });
        var second = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 2, reason = "second-secret" });
        Assert.True(Holds("first-secret") && Holds("second-secret"));
        disk.Outbox.Linked(true);
        Assert.Equal(first.Id, (await disk.NextSentAsync()).Id);
        disk.Answer(first.Id);
        Assert.Equal(second.Id, (await disk.NextSentAsync()).Id);
        disk.Answer(second.Id);

        var deadline = Stopwatch.StartNew();
        while (Holds("-secret") && deadline.Elapsed < TimeSpan.FromSeconds(20))
        {
            // It waits until nothing was delivered for a minute.
            disk.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.False(Holds("-secret"));
        // A run that ended before it could erase: the next one does.
        disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 3, reason = "third-secret" });
        disk.Store.RemoveFact((await disk.NextSentAsync()).Id);
        Assert.True(Holds("third-secret"));
        await disk.KillAndStartAgainAsync();
        Assert.False(Holds("-secret"));

        bool Holds(string text) => Directory.EnumerateFiles(Path.GetDirectoryName(disk.Path)!).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        });
    }

    [Fact]
    public async Task An_unanswered_fact_is_sent_again_after_one_second_doubling_to_sixty()
    {
        await using var disk = new OutboxOnDisk();
        var fact = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 5 });
        disk.Outbox.Linked(true);
        var sent = await disk.NextSentAsync();

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            await disk.Clock.PassAsync(TimeSpan.FromSeconds(0.79 * seconds), TimeSpan.FromSeconds(1.21 * seconds));
            var again = await disk.NextSentAsync();
            Assert.Equal(fact.Id, again.Id);
            Assert.Equal(sent.Sequence, again.Sequence);
            Assert.Equal(sent.At, again.At);
        }
    }

    [Fact]
    public async Task A_reconnect_sends_at_once_and_nothing_is_sent_while_the_link_is_down()
    {
        await using var disk = new OutboxOnDisk();
        var fact = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 5 });
        disk.Outbox.Linked(true);
        await disk.NextSentAsync();
        disk.Outbox.Linked(false);
        disk.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, disk.SentSoFar);

        disk.Outbox.Linked(true);
        Assert.Equal(fact.Id, (await disk.NextSentAsync()).Id);
        await disk.Clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hub_that_is_away_for_a_day_gets_every_fact_of_it_once_in_order_with_its_own_instant(bool isBrokerThere)
    {
        await using var disk = new OutboxOnDisk();
        disk.Outbox.Linked(isBrokerThere);
        var kept = new List<KeptFact>();
        for (var minute = 0; minute < 24 * 60; minute += 6)
        {
            disk.Clock.Advance(TimeSpan.FromMinutes(6));
            kept.Add(disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 1 + (kept.Count % 5) }));
            if (kept.Count % 60 == 0)
            {
                await disk.KillAndStartAgainAsync();
                disk.Outbox.Linked(isBrokerThere);
            }
        }

        Assert.Equal(240, disk.Outbox.Waiting);
        // Only the oldest was ever said while nobody answered.
        while (disk.SentSoFar > 0)
        {
            Assert.Equal(kept[0].Id, (await disk.NextSentAsync()).Id);
        }

        disk.Outbox.Linked(false);
        disk.Outbox.Linked(true);
        foreach (var fact in kept)
        {
            var sent = await disk.NextSentAsync();
            while (sent.Id == kept[0].Id && fact != kept[0])
            {
                sent = await disk.NextSentAsync();
            }

            Assert.Equal((fact.Id, fact.At), (sent.Id, sent.At));
            disk.Answer(sent.Id);
        }

        Assert.Equal(0, disk.Outbox.Waiting);
    }

    [Fact]
    public async Task A_final_refusal_ends_a_fact_and_is_told()
    {
        await using var disk = new OutboxOnDisk();
        var told = new List<Answer>();
        disk.Outbox.Answered += told.Add;
        var refused = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 5 });
        var next = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 4 });
        disk.Outbox.Linked(true);
        await disk.NextSentAsync();

        disk.Outbox.Take(new Answer { Report = refused.Id, Stored = false, Error = new AnswerError("not-allowed-now", "This stay has its rating.") });

        Assert.Equal(next.Id, (await disk.NextSentAsync()).Id);
        Assert.Equal("not-allowed-now", Assert.Single(told).Error?.Code);
    }

    [Fact]
    public async Task Facts_and_the_sequence_outlive_a_kill()
    {
        await using var disk = new OutboxOnDisk();
        var kept = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 3 });
        await disk.KillAndStartAgainAsync();
        disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 4 });
        disk.Outbox.Linked(true);

        var first = await disk.NextSentAsync();
        Assert.Equal(kept.Id, first.Id);
        Assert.Equal(3, first.Data.GetProperty("level").GetInt32());
        disk.Answer(kept.Id);
        Assert.Equal(first.Sequence + 1, (await disk.NextSentAsync()).Sequence);
    }

    [Fact]
    public async Task An_answer_to_a_report_of_another_is_ignored()
    {
        await using var disk = new OutboxOnDisk();
        disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 3 });
        disk.Answer(Guid.NewGuid());
        Assert.Equal(1, disk.Outbox.Waiting);
    }

    [Fact]
    public async Task A_fact_tells_its_age_anew_each_time_it_is_sent_whatever_the_wall_clock_does()
    {
        await using var disk = new OutboxOnDisk();
        var fact = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 5 });
        disk.Clock.Advance(TimeSpan.FromHours(3));
        disk.Clock.SetWallClock(disk.Clock.GetUtcNow().AddYears(-20));
        disk.Outbox.Linked(true);
        var first = await disk.NextSentAsync();
        var later = await disk.Clock.PassAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        var again = await disk.NextSentAsync();

        Assert.Equal((3 * 3600 * 1000L, fact.At), (first.AgeMs, first.At));
        Assert.InRange(again.AgeMs!.Value - first.AgeMs!.Value, (long)later.TotalMilliseconds, (long)later.TotalMilliseconds + 1);
        Assert.Equal(fact.At, again.At);
    }

    [Fact]
    public async Task The_age_survives_a_restart_of_the_program_and_is_left_out_after_one_of_the_machine()
    {
        await using var disk = new OutboxOnDisk();
        disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 5 });
        disk.Clock.Advance(TimeSpan.FromMinutes(2));
        await disk.KillAndStartAgainAsync();
        disk.Outbox.Linked(true);
        Assert.Equal(120_000, (await disk.NextSentAsync()).AgeMs);

        disk.Boot = Guid.NewGuid();
        await disk.KillAndStartAgainAsync();
        disk.Outbox.Linked(true);
        Assert.Null((await disk.NextSentAsync()).AgeMs);
    }

    [Fact]
    public async Task A_fact_of_an_earlier_moment_is_that_old_and_one_of_an_unknown_moment_has_no_age()
    {
        await using var disk = new OutboxOnDisk();
        var earlier = disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 5 }, disk.Outbox.Clock.Ago(TimeSpan.FromMinutes(1)));
        disk.Outbox.Keep(ReportTypes.RatingPressed, new { level = 4, timeKnown = false }, disk.Outbox.Clock.Unknown());
        disk.Clock.Advance(TimeSpan.FromSeconds(1));
        disk.Outbox.Linked(true);
        Assert.Equal(61_000, (await disk.NextSentAsync()).AgeMs);
        disk.Answer(earlier.Id);
        Assert.Null((await disk.NextSentAsync()).AgeMs);
    }

    [Fact]
    public async Task A_command_is_new_once_even_over_a_kill()
    {
        await using var disk = new OutboxOnDisk();
        var command = Guid.NewGuid();
        Assert.True(disk.Store.AddCommand(command));
        Assert.False(disk.Store.AddCommand(command));
        await disk.KillAndStartAgainAsync();
        Assert.False(disk.Store.AddCommand(command));
    }
}
