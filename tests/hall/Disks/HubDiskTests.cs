using System.Diagnostics;
using System.Net.Sockets;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Disks;

/// <summary>The hub's disk fails, is full, or is slow while the hub runs.</summary>
[Collection(Alone.Name)]
public sealed class HubDiskTests
{
    // What the hub promises is 2 s; the rest is a slow machine's.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData("sync")]
    [InlineData("write")]
    public async Task A_disk_that_fails_ends_the_hub_at_once_with_one_line_and_what_it_answered_stays(string call)
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        hall.Expect("The journal can't go on, the hub ends and is to be started again: SQLite Error 10: 'disk I/O error'.");
        var place = hall.NextPlace();
        var officer = await place.SignInAsync();
        await using var events = await hall.Anyone.ListenAsync();
        await using var kiosk = await hall.ConnectAsync("kiosk-1");
        await place.TakeNumberAsync();
        var run = hall.HubRun;
        await using (call == "sync" ? await Strace.FailSyncsAsync(run.Id) : await Strace.FailWritesAsync(run.Id))
        {
            var watch = Stopwatch.StartNew();
            var request = kiosk.Send(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" });
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 5).Select(_ => BriefAsync(officer.AtAsync(place.Counter, "call-next", key: "call"))));
            await run.EndedAsync();

            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
            Assert.All(answers, answer => Assert.True(answer is "503 not-ready" or "no answer", answer));
            Assert.DoesNotContain(kiosk.Answers, answer => answer.Report == request);
        }

        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Said, line => line.Contains(" crit: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.All, StringComparison.Ordinal);
        await hall.StartHubAsync();
        // What was written last before the failure is not known: the key says whether it was.
        var called = await officer.AtAsync(place.Counter, "call-next", key: "call");
        Assert.Equal(place.Number(1), called.Ok().GetProperty("ticket").GetProperty("number").GetString());
        await DemandRightAsync(hall);
    }

    [Fact]
    public async Task Without_room_for_a_write_nothing_is_taken_and_the_hub_goes_on_once_there_is_room()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        hall.Expect("Not written");
        var place = hall.NextPlace();
        var bench = hall.Client("bench-1");
        await place.TakeNumberAsync();
        await using (await Strace.FillDiskAsync(hall.HubProcess))
        {
            Assert.Equal("503 not-ready", await BriefAsync(TakeAsync()));
        }

        Assert.Equal(place.Number(2), (await TakeAsync()).Ok(201).GetProperty("number").GetString());
        await DemandRightAsync(hall);

        Task<ApiAnswer> TakeAsync() => bench.PostAsync("/api/v1/tickets", new { service = place.Service, lane = "normal" }, "key");
    }

    [Fact]
    public async Task A_slow_disk_delays_answers_and_loses_none()
    {
        var delay = TimeSpan.FromSeconds(1);
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var place = hall.NextPlace();
        await place.TakeNumberAsync();
        await using var kiosk = await hall.ConnectAsync("kiosk-1");
        var numbers = new List<string>();
        await using (await Strace.SlowSyncsAsync(hall.HubProcess, delay))
        {
            var watch = Stopwatch.StartNew();
            var report = kiosk.Send(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" });
            var tickets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => place.TakeNumberAsync()));
            Assert.InRange(watch.Elapsed, delay, 10 * delay + Soon);
            numbers.AddRange(tickets.Select(ticket => ticket.GetProperty("number").GetString()!));
            numbers.Add((await kiosk.AnswerAsync(report)).Ok().GetProperty("number").GetString()!);
            Assert.Equal(200, (await hall.Anyone.GetAsync("/readyz")).Status);
        }

        Assert.Equal(Enumerable.Range(2, 11).Select(place.Number), numbers.Order(StringComparer.Ordinal));
        await hall.RestartHubAsync();
        Assert.Equal(12, hall.Query<long>("SELECT count(*) FROM ticket"));
        await DemandRightAsync(hall);
    }

    /// <summary>The answer's brief, or that none came.</summary>
    private static async Task<string> BriefAsync(Task<ApiAnswer> asking)
    {
        try
        {
            return (await asking).Brief;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            // The hub ended before it could say so.
            return "no answer";
        }
    }

    private static async Task DemandRightAsync(RunningHall hall)
    {
        var (code, said) = await Typed.HubAsync("verify", "--data", hall.Folder);
        Assert.True(code == 0, said);
        hall.DemandNoErrors();
    }
}
