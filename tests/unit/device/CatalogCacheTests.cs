using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Catalog;
using Reception.Device.Session;
using Reception.Device.Storage;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Device;

/// <summary>When a device asks its hub for the catalogue, and who waits for it.</summary>
public sealed class CatalogCacheTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("catalog-").FullName;
    private WebApplication _hub = null!;
    private DeviceDatabase _database = null!;
    private CatalogCache _cache = null!;
    private volatile int _edition = 1;
    private volatile bool _answers = true;
    private int _asked;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _hub = builder.Build();
        _hub.Urls.Add("http://127.0.0.1:0");
        _hub.MapGet("/api/v1/catalog", (HttpContext context) =>
        {
            Interlocked.Increment(ref _asked);
            context.Response.Headers.ETag = Tag(_edition);
            return _answers
                ? Results.Bytes(ProtocolJson.Write(Catalog(_edition)), "application/json")
                : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        });
        await _hub.StartAsync();
        _database = DeviceDatabase.Open(_folder, _clock, NullLogger<DeviceDatabase>.Instance);
        _cache = NewCache();
    }

    public async ValueTask DisposeAsync()
    {
        await _cache.DisposeAsync();
        await _hub.DisposeAsync();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_catalogue_that_the_hub_announces_is_fetched_at_once_and_one_that_is_known_is_not()
    {
        _cache.Start();
        await _clock.WaitAsync(Minute, Minute);
        Assert.Equal("Tên 1", _cache.Current?.Services.Single().Name);
        _cache.Announce(null);
        _cache.Announce(Tag(1));
        _cache.Announce(Tag(1));

        _edition = 2;
        var renamed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _cache.Changed += catalog => renamed.TrySetResult(catalog.Services.Single().Name);
        _cache.Announce(Tag(2));
        await _clock.PassAsync(TimeSpan.Zero, Soon);
        Assert.Equal("Tên 2", await renamed.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken));
        await _clock.WaitAsync(Minute, Minute);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_device_that_starts_again_knows_the_last_catalogue_at_once()
    {
        _cache.Start();
        await _clock.WaitAsync(Minute, Minute);
        await using var later = NewCache();
        Assert.Equal("Tên 1", later.Current?.Services.Single().Name);
    }

    [Fact]
    public async Task A_catalogue_that_cannot_be_had_is_asked_for_again_ever_more_seldom()
    {
        _answers = false;
        _cache.Start();
        foreach (var seconds in new[] { 1, 2, 4, 8, 15, 15 })
        {
            await _clock.PassAsync(TimeSpan.FromSeconds(0.8 * seconds), TimeSpan.FromSeconds(1.2 * seconds));
        }

        await _clock.WaitAsync(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(18));
        _answers = true;
        await _clock.PassAsync(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(18));
        await _clock.WaitAsync(Minute, Minute);
        Assert.Equal("Tên 1", _cache.Current?.Services.Single().Name);
        Assert.Equal(8, _asked);
    }

    [Fact]
    public async Task Who_needs_a_name_waits_for_the_catalogue_that_has_it_and_asks_for_it_at_once()
    {
        _answers = false;
        _cache.Start();
        await _clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        var waiting = WaitAsync();
        await _clock.PassAsync(TimeSpan.Zero, Soon);
        await _clock.WaitAsync(TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(2.4));
        Assert.False(waiting.IsCompleted);

        _answers = true;
        await _clock.PassAsync(TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(2.4));
        Assert.Equal("Tên 1", (await waiting.WaitAsync(Deadline, TestContext.Current.CancellationToken))?.Services.Single().Name);
        Assert.True(WaitAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Who_needs_a_name_waits_no_longer_than_was_said()
    {
        _answers = false;
        _cache.Start();
        await _clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        var waiting = WaitAsync();
        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await waiting.WaitAsync(Deadline, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_hub_that_resets_connections_is_asked_again_every_time()
    {
        await using var nobody = new ResettingListener();
        await using var cache = NewCache(nobody.Address);
        cache.Start();
        for (var i = 0; i < ResettingListener.Enough; i++)
        {
            await _clock.PassAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(18));
        }
    }

    private CatalogCache NewCache() => NewCache(new Uri(_hub.Urls.First()));

    private CatalogCache NewCache(Uri hub) => new(HubHttp.Open(hub), _database, _clock, NullLogger<CatalogCache>.Instance);

    private Task<CatalogDocument?> WaitAsync() =>
        _cache.WaitAsync(
            catalog => catalog.Services.Any(service => service.Code == "HT"),
            TimeSpan.FromSeconds(3),
            TestContext.Current.CancellationToken);

    private static string Tag(int edition) => $"\"{edition}\"";

    private static CatalogDocument Catalog(int edition) => new()
    {
        Site = new CatalogSite("H00.001", "Trung tâm thử nghiệm", "Thử nghiệm", null, "Asia/Ho_Chi_Minh"),
        Services = [new CatalogService("HT", "A", $"Tên {edition}", $"Name {edition}")],
        Counters = [],
        Procedures = [],
        Officers = [],
    };
}
