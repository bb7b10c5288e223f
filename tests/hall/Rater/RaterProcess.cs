using System.Net.Sockets;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Rater;

/// <summary>The rater's own program, on a free port and in a folder that outlives its kills.</summary>
internal sealed class RaterProcess : IAsyncDisposable
{
    private readonly Installed _rater;
    private readonly HttpClient _http = new();

    private RaterProcess(BrokerAccess broker, Uri hub)
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        _rater = new Installed("rating-device");
        _rater.SetUpDevice(FakeHub.Rater, broker, new { counter = 1, http = Address, hub });
    }

    public string Address { get; }

    public string Said => _rater.Said;

    /// <summary>Starts the rater; returns once its screen answers.</summary>
    public static Task<RaterProcess> StartAsync(FakeHub hub) => StartAsync(new RaterProcess(hub.Broker, hub.Address));

    /// <summary>Starts the rater at counter 1 of a real hub.</summary>
    public static Task<RaterProcess> StartAsync(RunningHall hall) =>
        StartAsync(Make(hall));

    /// <summary>The rater at counter 1 of a real hub, which is not started yet.</summary>
    public static RaterProcess Make(RunningHall hall) => new(hall.BrokerOf(FakeHub.Rater), new Uri(hall.Address));

    private static async Task<RaterProcess> StartAsync(RaterProcess rater)
    {
        await rater.StartAgainAsync();
        return rater;
    }

    /// <summary>What it keeps.</summary>
    public string Database => _rater.PathOf("data/device.db");

    /// <summary>Starts the program, and does not wait for it.</summary>
    public Spawned Launch() => _rater.Start();

    public async Task StartAgainAsync()
    {
        Launch();
        await Eventually.TrueAsync(AnswersAsync, () => Said);
    }

    /// <summary>Kills the program as a power cut does.</summary>
    public Task KillAsync() => _rater.KillAsync();

    /// <summary>A touch without a browser; gives the screen that follows.</summary>
    public async Task<string> PostAsync(string touch)
    {
        using var answer = await _http.PostAsync(new Uri(Address + touch), null);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async Task<string> ScreenAsync() => await _http.GetStringAsync(new Uri(Address + "/screen"));

    /// <summary>Whether its screen answers.</summary>
    public async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address + "/screen"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException { StatusCode: null } or SocketException)
        {
            // It does not listen yet.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _rater.DisposeAsync();
        _http.Dispose();
    }
}
