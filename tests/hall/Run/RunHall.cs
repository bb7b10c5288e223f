using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Run;

/// <summary>A demonstration hall that <c>./run</c> starts.</summary>
public class RunHall : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new();
    private RunProcess? _run;

    internal RunSite Site { get; } = new();

    internal string Said => _run!.Said;

    /// <summary>Starts the hall; returns once it is open.</summary>
    internal async Task StartAsync(params IEnumerable<string> options)
    {
        _run = RunProcess.Start([.. Site.Arguments, .. options]);
        await _run.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _run?.Dispose();
        await EndedAsync();
        _http.Dispose();
        Site.Dispose();
    }

    /// <summary>Kills <c>./run</c>, as a power cut does; nothing may go on without it.</summary>
    internal async Task KillAsync()
    {
        Assert.NotEmpty(Site.Processes);
        _run!.Signal(RunProcess.Killed);
        await EndedAsync();
        _run.Dispose();
    }

    /// <summary>Ends the hall by a signal, which it must take well.</summary>
    internal async Task EndAsync(int signal)
    {
        _run!.Signal(signal);
        Assert.Equal(0, await _run.EndAsync());
        Assert.Empty(Site.Processes);
        Assert.Empty(Site.PidFiles);
    }

    /// <summary>Waits until every screen answers.</summary>
    internal async Task EverythingAnswersAsync()
    {
        foreach (var (port, path) in new[] { (Site.Http, "/readyz"), (Site.Http, "/"), (Site.Kiosk, "/"), (Site.Rater, "/"), (Site.Province, "/") })
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
                    catch (Exception failure) when (failure is HttpRequestException or SocketException)
                    {
                        // It is being started again.
                        status = HttpStatusCode.Unused;
                    }

                    return status == HttpStatusCode.OK;
                },
                () => $"{port}{path}: {status}\n{Said}");
        }
    }

    internal async Task<string> GetAsync(int port, string path) =>
        await _http.GetStringAsync(new Uri($"http://127.0.0.1:{port}{path}"), TestContext.Current.CancellationToken);

    /// <summary>Touches a service on the kiosk; gives the address of the screen that follows.</summary>
    internal async Task<string> TouchAsync(string service)
    {
        using var answer = await _http.PostAsJsonAsync(
            new Uri($"http://127.0.0.1:{Site.Kiosk}/tickets"), new { service, lane = "normal", language = "vi" }, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("screen").GetString()!;
    }

    /// <summary>A kiosk of the bench takes a number.</summary>
    internal async Task<string> TakeNumberAsync()
    {
        var bench = (await File.ReadAllLinesAsync(Path.Combine(Site.Data, "devices.tsv"), TestContext.Current.CancellationToken))
            .Select(line => line.Split('\t'))
            .First(fields => fields[0] == "bench-1");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{Site.Http}/api/v1/tickets");
        request.Headers.Authorization = new("Bearer", $"bench-1:{bench[3]}");
        request.Content = JsonContent.Create(new { service = "HT", lane = "normal" });
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var ticket = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return ticket.GetProperty("number").GetString()!;
    }

    /// <summary>Waits until the receiver has so many events of a type, each after the one before it.</summary>
    internal async Task ProvinceHasAsync(string type, int times)
    {
        var listing = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                listing = await _http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{Site.Province}/events", TestContext.Current.CancellationToken);
                return listing.GetProperty("events").EnumerateArray()
                    .Count(one => one.GetProperty("event").GetProperty("type").GetString() == type) == times;
            },
            () => listing.ToString());
        Assert.Equal(0, listing.GetProperty("tally").GetProperty("outOfOrder").GetInt32());
    }

    private Task EndedAsync() => Eventually.TrueAsync(() => Site.Processes.Count == 0, () => string.Join('\n', Site.Processes), Soon);
}

/// <summary>One that is open, with the simulated box at counter 2.</summary>
public sealed class OpenRunHall : RunHall, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await StartAsync("--bench-rater");
}
