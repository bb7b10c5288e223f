using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>The receiver's own program, in the part of the province.</summary>
internal sealed class ProvinceReceiver : IAsyncDisposable
{
    private const int Page = 500;

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-province-").FullName;
    private readonly HttpClient _http = new();
    private readonly Spawned _receiver;

    private ProvinceReceiver()
    {
        var port = FreePort.Next();
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/events");
        _receiver = Spawned.Program("receiver", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", _folder);
    }

    /// <summary>Where a hub sends its events.</summary>
    public string Address { get; }

    public static async Task<ProvinceReceiver> StartAsync()
    {
        var receiver = new ProvinceReceiver();
        await Eventually.TrueAsync(receiver.AnswersAsync, () => receiver._receiver.All, HistoryHall.Patience);
        return receiver;
    }

    /// <summary>Every event, in the order of arrival.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync()
    {
        var events = new List<JsonElement>();
        for (var next = (int?)0; next is { } after;)
        {
            var page = await ListAsync(after, Page);
            events.AddRange(page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("event")));
            next = page.TryGetProperty("next", out var more) && more.ValueKind == JsonValueKind.Number ? more.GetInt32() : null;
        }

        return events;
    }

    /// <summary>What the receiver counts.</summary>
    public async Task<ArrivalTally> TallyAsync() =>
        (await ListAsync(0, 1)).GetProperty("tally").Deserialize<ArrivalTally>(JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        await _receiver.KillAsync();
        _receiver.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JsonElement> ListAsync(int after, int limit) =>
        await _http.GetFromJsonAsync<JsonElement>(string.Create(CultureInfo.InvariantCulture, $"{Address}?after={after}&limit={limit}"));

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await TallyAsync();
            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            // It does not listen yet.
            return false;
        }
    }
}

/// <summary>Of the events that arrived, those that wait for one before them, and those that came after a later one.</summary>
internal sealed record ArrivalTally(int Events, int Gaps, int OutOfOrder);
