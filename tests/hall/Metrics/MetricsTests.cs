using Reception.Hall.Tests.Parts;
using Reception.Hub.Metrics;
using Reception.Protocol;
using Reception.Unit.Tests.Metrics;

namespace Reception.Hall.Tests.Metrics;

/// <summary>What happens in a hall is seen at <c>/metrics</c>, by those who may.</summary>
[Collection(OtherHall.Name)]
public sealed class MetricsTests(SharedHall shared) : HallTest(shared)
{
    private const string Commands = "reception_hub_commands_total";
    private const string Refusals = "reception_hub_refusals_total";
    private const string Batches = "reception_hub_journal_batch_duration_seconds_count";
    private const string Prints = "reception_hub_prints_total";

    [Fact]
    public async Task A_ticket_that_is_issued_called_refused_and_printed_changes_the_figures()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        await using var kiosk = await Hall.ConnectAsync("kiosk-1");
        var before = await Scrape.OfAsync(Hall);

        var first = (await kiosk.TakeNumberAsync(place.Service)).GetProperty("id").GetGuid();
        await kiosk.TakeNumberAsync(place.Service);
        (await officer.AtAsync(place.Counter, "call-next")).Ok();
        Assert.Equal("409 not-allowed-now", (await officer.AtAsync(place.Counter, "call-next")).Brief);
        Assert.Equal("403 not-allowed", (await officer.AtAsync(place.Counter + 1, "call-next")).Brief);
        (await kiosk.AskAsync(ReportTypes.TicketPrinted, new { ticket = first, outcome = "printed" })).Ok();
        Assert.Equal("unknown-type", (await kiosk.AskAsync("no.such.type", new { })).Brief);

        await GrowsAsync(before, 2, Commands, ("reception_command", "TakeNumber"), ("reception_command_outcome", "done"));
        await GrowsAsync(before, 1, Commands, ("reception_command", "CallNext"), ("reception_command_outcome", "done"));
        await GrowsAsync(before, 1, Commands, ("reception_command", "CallNext"), ("reception_command_outcome", "refused"));
        await GrowsAsync(before, 1, Refusals, ("reception_command", "CallNext"), ("reception_refusal_code", "not-allowed-now"));
        await GrowsAsync(before, 1, Refusals, ("reception_command", "none"), ("reception_refusal_code", "not-allowed"));
        await GrowsAsync(before, 1, Refusals, ("reception_command", "none"), ("reception_refusal_code", "unknown-type"));
        await GrowsAsync(before, 1, Prints, ("reception_print_outcome", "printed"), ("reception_device_kind", "kiosk"));
        await GrowsAsync(before, 1, "reception_hub_tickets_waiting", ("reception_service", place.Service));

        var after = await Scrape.OfAsync(Hall);
        Assert.InRange(after.Sum(Batches) - before.Sum(Batches), 4, 100);
        Assert.Equal(after.Sum(Batches), after.Sum("reception_hub_journal_commit_duration_seconds_count"));
        Assert.Equal(0, after.Sum("reception_hub_journal_queue_length"));
        Assert.Equal(0, after.Sum(Commands, ("reception_command_outcome", "failed")));
    }

    [Fact]
    public async Task Devices_and_screens_are_counted_while_they_are_connected()
    {
        var place = Hall.NextPlace();
        (string, string) raters = ("reception_device_kind", "rater");
        var before = await Scrape.OfAsync(Hall);
        Assert.Equal(25, before.Sum("reception_hub_devices_registered", raters));
        await using (await Hall.ConnectAsync(place.Rater))
        await using (await Hall.Anyone.ListenAsync())
        {
            await GrowsAsync(before, 1, "reception_hub_devices_connected", raters);
            await GrowsAsync(before, 1, "reception_hub_screens_connected");
        }

        await GrowsAsync(before, 0, "reception_hub_devices_connected", raters);
        await GrowsAsync(before, 0, "reception_hub_screens_connected");
    }

    [Fact]
    public async Task What_the_hub_measures_is_what_is_defined_and_no_label_is_more()
    {
        var place = Hall.NextPlace();
        await using var desk = await Hall.ConnectAsync(place.Desk);
        var ticket = (await desk.TakeNumberAsync(place.Service)).GetProperty("id").GetGuid();
        (await desk.AskAsync(ReportTypes.TicketPrinted, new { ticket, outcome = "failed" })).Ok();
        Assert.Equal("401 not-signed-in", (await Hall.Anyone.GetAsync("/api/v1/devices")).Brief);

        var scrape = await Scrape.OfAsync(Hall);

        // This hall has no province.
        Assert.Equal(
            HubMetrics.All.Where(metric => !metric.Name.Contains(".province.", StringComparison.Ordinal)).SelectMany(PrometheusName.Samples).Order(),
            scrape.Names.Order());
        Assert.DoesNotContain(HallPlan.Officer(place.Counter), scrape.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(place.Desk, scrape.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ticket.ToString(), scrape.Text, StringComparison.Ordinal);
    }

    /// <summary>The answers are up to 0.3 s old.</summary>
    private async Task GrowsAsync(Scrape before, double by, string name, params (string Name, string Value)[] labels)
    {
        double seen = 0;
        await Eventually.TrueAsync(
            async () => (seen = (await Scrape.OfAsync(Hall)).Sum(name, labels) - before.Sum(name, labels)) == by,
            () => $"{name} {string.Join(' ', labels)} grew by {seen}, not {by}");
    }
}
