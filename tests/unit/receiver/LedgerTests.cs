using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Reception.Receiver;
using Xunit;

namespace Reception.Unit.Tests.Receiver;

public sealed class LedgerTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(7));

    private readonly string _folder = Directory.CreateTempSubdirectory("receiver").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_arrived_is_there_after_a_restart()
    {
        using (var ledger = Ledger.Open(_folder))
        {
            ledger.Keep(Batch(1, 2), "first", Noon);
        }

        using var reopened = Ledger.Open(_folder);
        Assert.Equal([1L, 2L], reopened.After(0, 10).Select(one => one.Sequence));
        Assert.Equal("2", reopened.Event(reopened.After(1, 1)[0]).GetProperty("sequence").GetString());
        Assert.Equal(new Tally(2, 0, 1, 0, 0, 0, 0, Noon), reopened.Tally);
    }

    [Fact]
    public void A_batch_sent_again_is_counted_and_changes_nothing()
    {
        using (var ledger = Ledger.Open(_folder))
        {
            ledger.Keep(Batch(1, 2), "first", Noon);
            ledger.Keep(Batch(1, 2), "first", Noon);
        }

        using var reopened = Ledger.Open(_folder);
        Assert.Equal(new Tally(2, 2, 2, 1, 0, 0, 0, Noon), reopened.Tally);
    }

    [Fact]
    public void An_event_twice_in_one_batch_is_kept_once()
    {
        using var ledger = Ledger.Open(_folder);
        Assert.Equal(1, ledger.Keep(Batch(7, 7), null, Noon).Duplicates);
        Assert.Single(ledger.After(0, 10));
    }

    [Fact]
    public void Numbers_that_the_hub_keeps_to_itself_are_no_gap_and_a_missing_event_is_one()
    {
        using var ledger = Ledger.Open(_folder);
        Assert.Equal((0, 0), Keep(ledger, Event(2, after: 0), Event(5, after: 2)));
        Assert.Equal((1, 0), Keep(ledger, Event(9, after: 7)));
        Assert.Equal((1, 0), Keep(ledger, Event(10, after: 9)));
        var gap = Assert.Single(ledger.After(0, 10), ledger.IsAfterGap);
        Assert.Equal((9L, 7L), (gap.Sequence, gap.Missing));

        Assert.Equal((0, 1), Keep(ledger, Event(7, after: 5)));
        Assert.DoesNotContain(ledger.After(0, 10), ledger.IsAfterGap);
        Assert.Equal(7, Assert.Single(ledger.After(0, 10), one => one.OutOfOrder).Sequence);
    }

    [Fact]
    public void Gaps_are_there_after_a_restart()
    {
        using (var ledger = Ledger.Open(_folder))
        {
            Keep(ledger, Event(2, after: 0), Event(5, after: 4));
        }

        using var reopened = Ledger.Open(_folder);
        Assert.Equal(1, reopened.Tally.Gaps);
    }

    [Fact]
    public void Another_journal_of_the_same_source_is_shown_and_goes_on_where_its_backup_was_made()
    {
        const string restored = "0197a3c2-1111-7000-8000-00000000000b";
        using var ledger = Ledger.Open(_folder);
        Keep(ledger, Event(2, after: 0), Event(5, after: 2), Event(6, after: 5));

        Assert.Equal((0, 0), Keep(ledger, Event(6, after: 5, restored), Event(7, after: 6, restored)));
        Assert.Equal(1, ledger.Tally.NewJournals);
        Assert.Equal(restored, Assert.Single(ledger.After(0, 10), one => one.NewJournal).Journal);

        // What the journal before had under the number is another event.
        Assert.Equal((1, 0), Keep(ledger, Event(12, after: 5, restored)));
    }

    [Theory]
    [InlineData("""{"journal":"0197a3c2-1111-7000-8000-00000000000a","site":"H55.242"}""", true)]
    [InlineData("""{"site":"H55.242"}""", false)]
    [InlineData("[]", false)]
    [InlineData("{", false)]
    public void The_newest_heartbeat_is_shown_and_a_malformed_one_is_refused(string body, bool isTaken)
    {
        var heartbeats = new Heartbeats();
        Assert.Equal(isTaken, heartbeats.Take(Encoding.UTF8.GetBytes(body)) is null);
        Assert.Equal(isTaken, heartbeats.Newest is not null);
    }

    [Fact]
    public void Half_a_batch_left_by_a_power_cut_is_forgotten_and_may_come_again()
    {
        using (var ledger = Ledger.Open(_folder))
        {
            ledger.Keep(Batch(1), "first", Noon);
            ledger.Keep(Batch(2, 3), "second", Noon);
        }

        var path = Path.Combine(_folder, "events.jsonl");
        var whole = File.ReadAllBytes(path);
        var firstBatch = Encoding.UTF8.GetString(whole).IndexOf("\"key\":\"first\"", StringComparison.Ordinal);
        var secondReceipt = Encoding.UTF8.GetString(whole).IndexOf("{\"receipt\"", firstBatch + 20, StringComparison.Ordinal);
        foreach (var length in new[] { secondReceipt, secondReceipt + 11, secondReceipt - 1, secondReceipt - 40, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            using var ledger = Ledger.Open(_folder);
            Assert.Equal(1, ledger.Tally.Events);
            Assert.Equal(0, ledger.Keep(Batch(2, 3), "second", Noon).Duplicates);
            Assert.Equal([1L, 2L, 3L], ledger.After(0, 10).Select(one => one.Sequence));
        }
    }

    [Fact]
    public void A_second_receiver_on_the_same_folder_is_refused()
    {
        using var ledger = Ledger.Open(_folder);
        Assert.Throws<IOException>(() => Ledger.Open(_folder));
    }

    [Fact]
    public void Newest_come_first_page_by_page()
    {
        using var ledger = Ledger.Open(_folder);
        ledger.Keep(Batch(1, 2, 3, 4, 5), null, Noon);
        Assert.Equal([5L, 4L], ledger.Before(int.MaxValue, 2).Select(one => one.Sequence));
        Assert.Equal([3L, 2L], ledger.Before(4, 2).Select(one => one.Sequence));
        Assert.Equal([1L], ledger.Before(2, 2).Select(one => one.Sequence));
        Assert.Empty(ledger.Before(1, 2));
    }

    [Fact]
    public async Task Who_waits_is_told_of_the_next_batch()
    {
        using var ledger = Ledger.Open(_folder);
        var told = ledger.ChangedAsync(0);
        Assert.False(told.IsCompleted);
        ledger.Keep(Batch(1), null, Noon);
        await told.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.True(ledger.ChangedAsync(0).IsCompleted);
    }

    [Theory]
    [InlineData("specversion", "0.3", "specversion")]
    [InlineData("id", null, "id")]
    [InlineData("source", "", "source")]
    [InlineData("type", "ticket.issued", "type")]
    [InlineData("time", "noon", "time")]
    [InlineData("subject", null, "subject")]
    [InlineData("datacontenttype", "text/plain", "datacontenttype")]
    [InlineData("sequence", "-1", "sequence")]
    [InlineData("after", "one", "after")]
    [InlineData("journal", "abc", "journal")]
    [InlineData("chain", "abc", "chain")]
    [InlineData("data", "text", "data")]
    public void One_malformed_event_refuses_the_batch_with_its_reason(string attribute, string? value, string named)
    {
        var bad = Event(2);
        bad[attribute] = value;
        var (events, refusal) = ReadBatch.Read(Bytes(new JsonArray(Event(1), bad)));
        Assert.Empty(events);
        Assert.StartsWith($"Event 1 of the batch: {named} ", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[1]")]
    [InlineData("")]
    public void What_is_no_batch_is_refused(string body) => Assert.NotNull(ReadBatch.Read(Encoding.UTF8.GetBytes(body)).Refusal);

    private static IReadOnlyList<ProvinceEvent> Batch(params long[] sequences)
    {
        var (events, refusal) = ReadBatch.Read(Bytes(new JsonArray([.. sequences.Select(Event)])));
        Assert.Null(refusal);
        return events;
    }

    /// <summary>Keeps a batch; gives how many gaps there are, and how many events came out of order.</summary>
    private static (int Gaps, int OutOfOrder) Keep(Ledger ledger, params JsonObject[] batch)
    {
        var (events, refusal) = ReadBatch.Read(Bytes(new JsonArray([.. batch])));
        Assert.Null(refusal);
        var tally = ledger.Keep(events, null, Noon);
        return (tally.Gaps, tally.OutOfOrder);
    }

    private static JsonObject Event(long sequence, long after, string journal = "0197a3c2-1111-7000-8000-00000000000a")
    {
        var one = Event(sequence);
        one["id"] = $"event-{sequence}-{journal}";
        one["after"] = after.ToString(CultureInfo.InvariantCulture);
        one["journal"] = journal;
        return one;
    }

    private static byte[] Bytes(JsonArray batch) => Encoding.UTF8.GetBytes(batch.ToJsonString());

    private static JsonObject Event(long sequence) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"event-{sequence}"),
        ["source"] = "urn:reception:H55.242",
        ["type"] = "vn.reception.ticket.issued",
        ["time"] = "2026-11-23T10:42:00.000+07:00",
        ["subject"] = "0197a3c2-1111-7000-8000-000000000001",
        ["datacontenttype"] = "application/json",
        ["sequence"] = sequence.ToString(CultureInfo.InvariantCulture),
        ["chain"] = new string('a', 64),
        ["data"] = new JsonObject { ["number"] = "A001", ["service"] = "Hộ tịch" },
    };
}
