using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Run;

/// <summary>A demonstration hall that <c>./run</c> started, as long as it lives.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(2);
    private static readonly string[] Names = ["hub", "kiosk", "printer", "rater", "receiver", "box", "desk-2"];

    private readonly RunSite _site = new();
    private readonly HttpClient _http = new();
    private RunProcess _run = null!;

    public async ValueTask InitializeAsync()
    {
        _run = RunProcess.Start([.. _site.Arguments, "--bench-rater"]);
        await _run.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _run.Dispose();
        await Eventually.TrueAsync(() => _site.Processes.Count == 0, () => string.Join('\n', _site.Processes), Soon);
        _http.Dispose();
        _site.Dispose();
    }

    [Fact]
    public async Task A_hall_opens_heals_survives_and_leaves_nothing_behind()
    {
        await EverythingAnswersAsync();
        var number = await TakeNumberAsync();
        Assert.Equal("A001", number);

        await A_second_start_on_the_same_data_is_refused_plainly();
        foreach (var name in Names)
        {
            await A_killed_process_is_back_within_two_seconds(name);
        }

        await Two_killed_at_the_same_moment_are_both_back();
        await A_touch_on_the_kiosk_is_a_slip_of_the_virtual_printer();
        await A_press_on_the_simulated_box_reaches_the_province();
        await A_kill_of_run_ends_everything_within_five_seconds();

        _run = RunProcess.Start(_site.Arguments);
        await _run.OpenAsync();
        Assert.Equal("A003", await TakeNumberAsync());
        await TheProvinceHas("vn.reception.ticket.issued", 3);
        await Ctrl_C_ends_everything_cleanly(RunProcess.Interrupt);
    }

    [Fact]
    public async Task A_stop_by_the_system_is_as_clean() => await Ctrl_C_ends_everything_cleanly(RunProcess.Terminate);

    private async Task A_touch_on_the_kiosk_is_a_slip_of_the_virtual_printer()
    {
        var slips = Path.Combine(_site.Data, "printer", "slips");
        Assert.Empty(Directory.GetFiles(slips, "*.png"));
        var screen = "";
        await Eventually.TrueAsync(
            async () =>
            {
                screen = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_site.Kiosk}/"), TestContext.Current.CancellationToken);
                return screen.Contains("/services/HT", StringComparison.Ordinal) && !screen.Contains("notice trouble", StringComparison.Ordinal);
            },
            () => $"{screen}\n{_run.Said}");
        using var answer = await _http.PostAsJsonAsync(
            new Uri($"http://127.0.0.1:{_site.Kiosk}/tickets"), new { service = "HT", lane = "normal", language = "vi" }, TestContext.Current.CancellationToken);
        screen = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("screen").GetString()!;
        var ticket = "";
        await Eventually.TrueAsync(
            async () =>
            {
                ticket = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_site.Kiosk}{screen}"), TestContext.Current.CancellationToken);
                return Directory.GetFiles(slips, "*.png").Length == 1;
            },
            () => $"{ticket}\n{_run.Said}");
    }

    private async Task A_second_start_on_the_same_data_is_refused_plainly()
    {
        using var second = RunProcess.Start(_site.Arguments);
        Assert.NotEqual(0, await second.EndAsync());
        Assert.Contains("another ./run works on", Assert.Single(second.Complaints), StringComparison.Ordinal);
    }

    private async Task A_killed_process_is_back_within_two_seconds(string name)
    {
        var old = _site.Pid(name);
        Spawned.Signal(old, RunProcess.Killed);
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => _site.Pid(name) is not 0 and var now && now != old, () => $"{name}: {_site.Pid(name)}\n{_run.Said}", Restart);
        Assert.True(Directory.Exists($"/proc/{_site.Pid(name)}"), $"{name} is not running after {watch.Elapsed}.");
    }

    private async Task Two_killed_at_the_same_moment_are_both_back()
    {
        string[] names = ["hub", "kiosk", "rater", "receiver"];
        var longest = TimeSpan.Zero;
        foreach (var pair in names.SelectMany((first, place) => names.Skip(place + 1).Select(second => new[] { first, second })))
        {
            await EverythingAnswersAsync();
            var old = pair.Select(_site.Pid).ToList();
            old.ForEach(process => Spawned.Signal(process, RunProcess.Killed));
            var watch = Stopwatch.StartNew();
            await Eventually.TrueAsync(
                () => pair.Select(_site.Pid).Zip(old).All(one => one.First != 0 && one.First != one.Second),
                () => $"{string.Join(" and ", pair)}: were {string.Join(", ", old)}, "
                    + $"are {string.Join(", ", pair.Select(_site.Pid))}\n{_run.Said}");
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
        }

        await EverythingAnswersAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"Every pair of {string.Join(", ", names)} came back, at the latest after {longest.TotalMilliseconds:0} ms.");
    }

    private async Task A_press_on_the_simulated_box_reaches_the_province()
    {
        Assert.True(File.Exists(Path.Combine(Sources.Root, "counter-agent", "bin", "run", "counter-agent")));
        await File.WriteAllTextAsync(Path.Combine(_site.Data, "desk-2", "buttons"), "press 5 80ms\n", TestContext.Current.CancellationToken);
        await TheProvinceHas("vn.reception.rating.recorded", 1);
    }

    private async Task A_kill_of_run_ends_everything_within_five_seconds()
    {
        Assert.NotEmpty(_site.Processes);
        _run.Signal(RunProcess.Killed);
        await Eventually.TrueAsync(() => _site.Processes.Count == 0, () => string.Join('\n', _site.Processes), Soon);
        _run.Dispose();
    }

    private async Task Ctrl_C_ends_everything_cleanly(int signal)
    {
        _run.Signal(signal);
        Assert.Equal(0, await _run.EndAsync());
        Assert.Empty(_site.Processes);
        Assert.Empty(_site.PidFiles);
    }

    private async Task EverythingAnswersAsync()
    {
        foreach (var (port, path) in new[] { (_site.Http, "/readyz"), (_site.Http, "/"), (_site.Kiosk, "/"), (_site.Rater, "/"), (_site.Province, "/") })
        {
            var status = HttpStatusCode.Unused;
            await Eventually.TrueAsync(
                async () =>
                {
                    try
                    {
                        using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), TestContext.Current.CancellationToken);
                        status = answer.StatusCode;
                    }
                    catch (HttpRequestException)
                    {
                        // It is being started again.
                        status = HttpStatusCode.Unused;
                    }

                    return status == HttpStatusCode.OK;
                },
                () => $"{port}{path}: {status}\n{_run.Said}");
        }
    }

    private async Task<string> TakeNumberAsync()
    {
        var bench = (await File.ReadAllLinesAsync(Path.Combine(_site.Data, "devices.tsv"), TestContext.Current.CancellationToken))
            .Select(line => line.Split('\t'))
            .First(fields => fields[0] == "bench-1");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{_site.Http}/api/v1/tickets");
        request.Headers.Authorization = new("Bearer", $"bench-1:{bench[3]}");
        request.Content = JsonContent.Create(new { service = "HT", lane = "normal" });
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var ticket = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return ticket.GetProperty("number").GetString()!;
    }

    private async Task TheProvinceHas(string type, int times)
    {
        var listing = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                listing = await _http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{_site.Province}/events", TestContext.Current.CancellationToken);
                return listing.GetProperty("events").EnumerateArray()
                    .Count(one => one.GetProperty("event").GetProperty("type").GetString() == type) == times;
            },
            () => listing.ToString());
        Assert.Equal(0, listing.GetProperty("tally").GetProperty("outOfOrder").GetInt32());
    }
}
