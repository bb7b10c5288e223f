using System.Net;
using System.Net.Http.Json;
using Reception.Protocol;

namespace Reception.Simulator;

/// <summary>One officer's console, without its screen: a session of its own, and the calls of a counter.</summary>
internal sealed class CounterClient(Uri hub, int counter, string officer) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = hub };

    public async Task<bool> SignInAsync(CancellationToken cancel)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/session", new { officer, pin = SimulatedHall.Pin, counter }, cancel);
        return answer.StatusCode == HttpStatusCode.NoContent;
    }

    /// <summary>The counter after the call, or null where no one waits.</summary>
    /// <exception cref="CounterTakenException">The session has ended, or the counter is not in the state that it was left in.</exception>
    public async Task<CounterDocument?> CallAsync(string act, object? body, CancellationToken cancel)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1/counters/{counter}/{act}", body ?? new { }, cancel);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Conflict or HttpStatusCode.Forbidden)
        {
            throw new CounterTakenException($"{act} was answered {(int)answer.StatusCode}");
        }

        answer.EnsureSuccessStatusCode();
        return answer.StatusCode == HttpStatusCode.NoContent
            ? null
            : await answer.Content.ReadFromJsonAsync<CounterDocument>(ProtocolJson.Options, cancel);
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>A person works at the counter by hand: the simulated officer gives way.</summary>
internal sealed class CounterTakenException(string message) : Exception(message);
