using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Reception.Device.Session;
using Reception.Protocol;

namespace Reception.Device.Catalog;

/// <summary>
/// The hall's catalogue (names of services, counters, officers, procedures): fetched from the hub with its ETag, kept on the
/// disk, so that a device that starts while the hub is away still knows every name.
/// </summary>
public sealed class CatalogCache : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogCache> _log;
    private readonly CancellationTokenSource _stop = new();
    private volatile CatalogDocument? _current;
    private string? _tag;
    private bool _failing;
    private Task _running = Task.CompletedTask;

    /// <summary>Reads what the disk holds; nothing is fetched before <see cref="Start"/>.</summary>
    /// <param name="hub">The hub's address.</param>
    /// <param name="folder">The device's data folder; <c>catalog.json</c> lies there.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where the log goes.</param>
    public CatalogCache(Uri hub, string folder, TimeProvider time, ILogger<CatalogCache> log)
    {
        _path = Path.Combine(folder, "catalog.json");
        _time = time;
        _log = log;
        _http = new HttpClient { BaseAddress = hub, Timeout = TimeSpan.FromSeconds(10) };
        Load();
    }

    /// <summary>Raised after <see cref="Current"/> changed.</summary>
    public event Action<CatalogDocument>? Changed;

    /// <summary>The newest catalogue known, or null where the hub was never reached.</summary>
    public CatalogDocument? Current => _current;

    /// <summary>Starts fetching: at once, every minute, and after a failure every 5 s.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Stops fetching.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _http.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var pause = Every;
            try
            {
                await FetchAsync();
                _failing = false;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException or OperationCanceledException or UnauthorizedAccessException)
            {
                pause = AfterFailure;
                if (!_failing && !_stop.IsCancellationRequested)
                {
                    _failing = true;
                    _log.LogWarning(DeviceEvents.CatalogFailed, "The catalogue cannot be fetched from {Hub}: {Reason}", _http.BaseAddress, fault.Message);
                }
            }

            await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FetchAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/catalog");
        if (_tag is not null && EntityTagHeaderValue.TryParse(_tag, out var tag))
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        using var response = await _http.SendAsync(request, _stop.Token);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return;
        }

        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync(_stop.Token);
        var catalog = ProtocolJson.Read<CatalogDocument>(body) ?? throw new JsonException("The hub's catalogue is not what the wire contract says.");
        // Known first and kept then: on a full disk the names are still right, and are fetched again until they are kept.
        _current = catalog;
        Changed?.Invoke(catalog);
        var fresh = response.Headers.ETag?.ToString();
        Save(new KeptCatalog(fresh, catalog));
        _tag = fresh;
    }

    private void Load()
    {
        if (!File.Exists(_path))
        {
            return;
        }

        if (ProtocolJson.Read<KeptCatalog>(File.ReadAllBytes(_path)) is { Catalog: not null } kept)
        {
            _tag = kept.Tag;
            _current = kept.Catalog;
        }
        else
        {
            _log.LogWarning(DeviceEvents.CatalogUnread, "The catalogue on the disk cannot be read; it is fetched anew");
        }
    }

    private void Save(KeptCatalog kept)
    {
        var beside = _path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            file.Write(ProtocolJson.Write(kept));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, _path, overwrite: true);
    }

    private sealed record KeptCatalog(string? Tag, CatalogDocument Catalog);
}
