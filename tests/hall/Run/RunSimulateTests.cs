using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Run;

/// <summary>A hall that <c>./run --simulate</c> brings to life.</summary>
public sealed class RunSimulateTests : IAsyncDisposable
{
    private readonly RunHall _hall = new();

    public ValueTask DisposeAsync() => _hall.DisposeAsync();

    [Fact]
    public async Task Simulated_citizens_take_numbers_and_officers_call_and_serve_them()
    {
        await _hall.StartAsync("--simulate");
        string[] expected = ["ticket.issued", "ticket.called", "ticket.started", "ticket.served"];
        var types = new HashSet<string>();
        await Eventually.TrueAsync(
            async () =>
            {
                var events = JsonDocument.Parse(await _hall.GetAsync(_hall.Site.Province, "/events")).RootElement.GetProperty("events");
                types.UnionWith(events.EnumerateArray().Select(one => one.GetProperty("event").GetProperty("type").GetString()!));
                return expected.All(type => types.Contains("vn.reception." + type));
            },
            () => $"{string.Join(' ', types)}\n{_hall.Said}",
            TimeSpan.FromMinutes(2));
        Assert.DoesNotContain("starting it again", _hall.Said, StringComparison.Ordinal);
    }
}
