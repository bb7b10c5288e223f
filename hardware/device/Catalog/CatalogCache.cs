using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Reception.Device.Session;
using Reception.Device.Storage;
using Reception.Protocol;

namespace Reception.Device.Catalog;

/// <summary>
/// The hall's catalogue (names of services, counters, officers, procedures): fetched from the hub with its ETag, kept on the
/// disk, so that a device that starts while the hub is away still knows every name.
/// </summary>
public sealed class CatalogCache : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    // All devices of a hall hear of a new catalogue in the same moment.
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(300);

    private readonly DeviceDatabase _database;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogCache> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CatalogDocument? _current;
    private volatile string? _tag;
    private string? _announced;
    private int _failures;
    private Task _running = Task.CompletedTask;

    /// <summary>Reads what the disk holds; nothing is fetched before <see cref="Start"/>.</summary>
    /// <param name="hub">The way to the hub, which ends with this: <see cref="HubHttp"/>.</param>
    /// <param name="database">Where it is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where the log goes.</param>
    public CatalogCache(HttpClient hub, DeviceDatabase database, TimeProvider time, ILogger<CatalogCache> log)
    {
        _database = database;
        _time = time;
        _log = log;
        _http = hub;
        Load();
    }

    /// <summary>Raised after <see cref="Current"/> changed.</summary>
    public event Action<CatalogDocument>? Changed;

    /// <summary>The newest catalogue known, or null where the hub was never reached.</summary>
    public CatalogDocument? Current => _current;

    /// <summary>
    /// Starts fetching: at once, when the hub announces another catalogue, and every minute; after a failure in 1 s, doubling to 15 s.
    /// </summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Fetches whenever the hall, as the session hears it, names another catalogue.</summary>
    public void Follow(DeviceSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.StateChanged += state => Announce(state.Hall?.Catalog);
    }

    /// <summary>The hub says which catalogue it has: one that this device lacks is fetched at once.</summary>
    /// <param name="tag">The catalogue's ETag; null from a hub that names none.</param>
    public void Announce(string? tag)
    {
        if (tag is null || Interlocked.Exchange(ref _announced, tag) == tag || tag == _tag)
        {
            return;
        }

        _wake.Writer.TryWrite(true);
    }

    /// <summary>Waits for a catalogue that has what the caller needs; fetches at once where this one has not.</summary>
    /// <param name="hasNeeded">Whether a catalogue has it.</param>
    /// <param name="atMost">The longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The newest catalogue known by then, or null where there is none.</returns>
    public async Task<CatalogDocument?> WaitAsync(
        Func<CatalogDocument, bool> hasNeeded, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hasNeeded);
        Task? deadline = null;
        while (true)
        {
            var changed = _changed.Task;
            if (_current is { } current && hasNeeded(current))
            {
                return current;
            }

            if (deadline is null)
            {
                deadline = Task.Delay(atMost, _time, cancellationToken);
                _wake.Writer.TryWrite(true);
            }

            if (await Task.WhenAny(changed, deadline) == deadline)
            {
                await deadline;
                return _current;
            }
        }
    }

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
                _failures = 0;
            }
            catch (Exception fault) when (fault is HttpRequestException or SocketException or IOException or JsonException or OperationCanceledException or SqliteException)
            {
                var plain = FirstPause * Math.Min(1 << Math.Min(_failures, 10), LongestPause / FirstPause);
                pause = plain * (0.8 + (0.4 * Random.Shared.NextDouble()));
                if (_failures++ == 0 && !_stop.IsCancellationRequested)
                {
                    _log.LogWarning(DeviceEvents.CatalogFailed, "The catalogue cannot be fetched from {Hub}: {Reason}", _http.BaseAddress, fault.Message);
                }
            }

            await PauseAsync(pause);
        }
    }

    /// <summary>Waits until the catalogue is to be fetched again: when the pause is over, or a little after somebody asks for it.</summary>
    private async Task PauseAsync(TimeSpan pause)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var asked = _wake.Reader.ReadAsync(waiting.Token).AsTask();
        var isAsked = await Task.WhenAny(asked, Task.Delay(pause, _time, waiting.Token)) == asked;
        await waiting.CancelAsync();
        if (isAsked)
        {
            var little = Spread * Random.Shared.NextDouble();
            await Task.Delay(little, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        var waitedFor = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waitedFor.SetResult();
        Changed?.Invoke(catalog);
        var fresh = response.Headers.ETag?.ToString();
        Save(fresh, body);
        _tag = fresh;
    }

    private void Load()
    {
        var kept = _database.Find(
            "SELECT tag, body FROM catalog", row => Tuple.Create(row.IsDBNull(0) ? null : row.GetString(0), row.GetFieldValue<byte[]>(1)));
        if (kept is var (tag, body))
        {
            _current = ProtocolJson.Read<CatalogDocument>(body);
            _tag = _current is null ? null : tag;
        }
    }

    private void Save(string? tag, byte[] body) => _database.Execute(
        """
        INSERT INTO catalog (one, tag, body, digest) VALUES (1, $tag, $body, sha256($body))
        ON CONFLICT (one) DO UPDATE SET tag = excluded.tag, body = excluded.body, digest = excluded.digest
        """,
        ("$tag", (object?)tag ?? DBNull.Value),
        ("$body", body));
}
