using System.Net.Sockets;
using System.Text.Json;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Sweep;

/// <summary>The kiosk killed at each sync, from the first start on an empty folder to the copy of a slip.</summary>
[Collection(Alone.Name)]
public sealed class KioskSweepTests
{
    [Fact]
    public Task Killed_at_any_sync_the_kiosk_prints_no_number_twice_and_tells_what_became_of_each() => SyncSweep.RunAsync(5, async sync =>
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        await using var kiosk = KioskProcess.Make(hub);
        var doomed = await kiosk.StartDoomedAsync(sync);
        var shown = await VisitAsync(kiosk, hub, doomed);
        var wasKilled = doomed.WasKilled;
        Assert.True(wasKilled || shown is not null, Seen(hub) + doomed.All);
        await kiosk.KillAsync();
        hub.Answer();
        await kiosk.StartAgainAsync();

        await Eventually.TrueAsync(() => Requested(hub).All(report => Endings(hub, report.Id) == 1), () => Seen(hub) + kiosk.Said);
        Assert.All(kiosk.Streams.GroupBy(stream => stream.Split('-', 4)[3]), papers => Assert.Single(papers));
        Assert.DoesNotContain(hub.Told(ReportTypes.TicketWithdraw), fact => fact.Data.GetProperty("report").GetGuid() == shown);

        // Whatever it was killed in, it gives numbers again.
        var before = hub.Told(ReportTypes.TicketPrinted).Count;
        await kiosk.TouchAsync("CT");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == before + 1, () => Seen(hub) + kiosk.Said);
        return wasKilled;
    });

    /// <summary>A ticket with its paper, a copy, and a request that the hub refuses; gives the request whose number was shown.</summary>
    private static async Task<Guid?> VisitAsync(KioskProcess kiosk, FakeHub hub, Spawned doomed)
    {
        await Until(() => ShowsAsync("/", "data-go=\"/services/HT\""));
        if (doomed.HasEnded || await TouchAsync("HT") is not { } screen)
        {
            return null;
        }

        Guid? shown = null;
        await Until(async () => (shown = await ShowsAsync(screen, ">A001<") ? RequestOf(screen) : null) is not null);
        await Until(() => Task.FromResult(hub.Told(ReportTypes.TicketPrinted).Count == 1));
        hub.OrderCopy(FakeHub.Ticket("A001", "HT", "normal"));
        await Until(() => Task.FromResult(hub.Told(ReportTypes.TicketPrinted).Count == 2));
        hub.Refuse("too-many");
        if (await TouchAsync("CT") is { } refused)
        {
            await Until(() => ShowsAsync(refused, "Máy vừa phát quá nhiều số"));
        }

        return shown;

        async Task<bool> ShowsAsync(string page, string words) => (await kiosk.PageAsync(page)).Contains(words, StringComparison.Ordinal);

        Task Until(Func<Task<bool>> condition) =>
            Eventually.TrueAsync(async () => doomed.HasEnded || await condition(), () => Seen(hub) + doomed.All);

        async Task<string?> TouchAsync(string service)
        {
            try
            {
                return doomed.HasEnded ? null : await kiosk.TouchAsync(service);
            }
            catch (Exception failure) when (failure is HttpRequestException or SocketException)
            {
                // It was killed before it could say that it asks.
                await doomed.EndedAsync();
                return null;
            }
        }
    }

    private static Guid RequestOf(string screen) => Guid.Parse(screen[(screen.LastIndexOf('/') + 1)..]);

    /// <summary>The requests that were answered with a number.</summary>
    private static IEnumerable<Report> Requested(FakeHub hub) =>
        hub.Told(ReportTypes.TicketRequest).Where(report => hub.TicketOf(report.Id) is not null);

    /// <summary>How many facts say what became of a request: its paper, or that it was given up.</summary>
    private static int Endings(FakeHub hub, Guid request) =>
        hub.Told(ReportTypes.TicketWithdraw).Count(fact => fact.Data.GetProperty("report").GetGuid() == request)
        + hub.Told(ReportTypes.TicketPrinted).Count(
            fact => !fact.Data.TryGetProperty("copy", out _) && fact.Data.GetProperty("ticket").GetGuid() == hub.TicketOf(request));

    private static string Seen(FakeHub hub) => JsonSerializer.Serialize(hub.Reports) + "\n";
}
