using Reception.Hall;
using Reception.Hub;
using Reception.Hub.Journal;
using Reception.Hub.Metrics;
using Reception.Hub.Options;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Unit.Tests.Journal;

namespace Reception.Unit.Tests.Metrics;

/// <summary>What the journal's writer records of each command, and the instruments themselves.</summary>
public sealed class HubMeterTests
{
    [Fact]
    public void Each_instrument_has_the_name_and_unit_of_its_definition()
    {
        using var meter = new HubMeter();
        foreach (var metric in HubMetrics.All.Where(metric => metric.Kind == MetricKind.UpDownCounter))
        {
            meter.Observe(metric, () => []);
        }

        using var recorded = new Recorded(meter);

        Assert.Equal(
            HubMetrics.All.Select(metric => (metric.Name, metric.Unit, metric.Description)).Order(),
            recorded.Instruments.Select(one => (one.Name, one.Unit!, one.Description!)).Order());
        Assert.All(HubMetrics.All, metric => Assert.Matches(@"^reception\.hub(\.[a-z]+)+$", metric.Name));
    }

    [Fact]
    public async Task A_command_is_counted_by_its_name_and_by_what_it_came_to()
    {
        using var hall = await StartedWriter.StartAsync();
        using var recorded = new Recorded(hall.Meter);

        var ticket = await TakeAsync(hall);
        var refusal = (await DoAsync(hall, new AtCounter(new CallNext(1, "cb01")))).Refusal!;
        await DoAsync(hall, new ReportPaper("kiosk-1", ticket, PrintState.Failed, Copy: false) { DeviceKind = "kiosk" });
        await DoAsync(hall, new ReportPaper("desk-1", ticket, PrintState.Printed, Copy: true));
        await Assert.ThrowsAsync<NotCommittedException>(async () => await DoAsync(hall, new Broken()));

        Assert.Equal(1, recorded["reception.hub.commands TakeNumber done"]);
        Assert.Equal(1, recorded["reception.hub.commands CallNext refused"]);
        Assert.Equal(1, recorded[$"reception.hub.refusals CallNext {refusal.Code}"]);
        Assert.Equal(2, recorded["reception.hub.commands ReportPaper done"]);
        Assert.Equal(1, recorded["reception.hub.prints failed kiosk"]);
        Assert.Equal(1, recorded["reception.hub.prints printed unknown"]);
        Assert.Equal(1, recorded["reception.hub.commands Broken failed"]);
        Assert.Equal(4, recorded["reception.hub.journal.batch.duration"]);
        Assert.Equal(4, recorded["reception.hub.journal.commit.duration"]);
    }

    [Fact]
    public async Task A_repeat_is_counted_as_one_and_prints_nothing_twice()
    {
        using var hall = await StartedWriter.StartAsync();
        var ticket = await TakeAsync(hall);
        using var recorded = new Recorded(hall.Meter);
        var report = Guid.CreateVersion7();
        foreach (var device in new[] { "kiosk-1", "kiosk-1", "kiosk-1", "desk-1" })
        {
            await hall.Writer.ExecuteAsync(
                new ReportPaper(device, ticket, PrintState.Printed, Copy: false) { DeviceKind = "kiosk" },
                new ReportKey(device, report),
                result => new EncodedResult(0, []) { IsStored = result.Refusal is null },
                TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, recorded["reception.hub.commands ReportPaper done"]);
        Assert.Equal(2, recorded["reception.hub.commands ReportPaper repeated"]);
        Assert.Equal(1, recorded["reception.hub.refusals ReportPaper key-reused"]);
        Assert.Equal(1, recorded["reception.hub.prints printed kiosk"]);
    }

    private static async Task<Guid> TakeAsync(StartedWriter hall)
    {
        var links = new TicketLinks(new HubOptions { Data = hall.Folder, Http = "http://127.0.0.1:1" });
        var issue = new IssueTicket(Guid.CreateVersion7(), "HT", Lane.Normal) { Issuer = "kiosk-1" };
        return (await DoAsync(hall, new TakeNumber(issue, null, Secrets.LinkCode(), links))).Value.Ticket;
    }

    private static async Task<Result<T>> DoAsync<T>(StartedWriter hall, JournalCommand<T> command) =>
        await hall.Writer.ExecuteAsync(command, TestContext.Current.CancellationToken);

    private sealed record Broken : JournalCommand<Done>
    {
        public override Result<Done> Execute(HallTransaction transaction) => throw new InvalidOperationException("It breaks.");
    }
}
