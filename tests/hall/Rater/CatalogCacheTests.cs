using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Catalog;
using Reception.Device.Session;
using Reception.Device.Storage;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Rater;

public sealed class CatalogCacheTests
{
    [Fact]
    public async Task A_device_that_starts_while_the_hub_is_away_still_knows_every_name()
    {
        var folder = Directory.CreateTempSubdirectory("reception-catalog-").FullName;
        using var database = DeviceDatabase.Open(folder, TimeProvider.System, NullLogger<DeviceDatabase>.Instance);
        await using (var hub = await FakeHub.StartAsync(FakeHub.Rater))
        await using (var cache = new CatalogCache(HubHttp.Open(hub.Address), database, TimeProvider.System, NullLogger<CatalogCache>.Instance))
        {
            cache.Start();
            await Eventually.TrueAsync(() => cache.Current is not null, () => "no catalogue");
        }

        await using var later = new CatalogCache(HubHttp.Open(new Uri($"http://127.0.0.1:{FreePort.Next()}")), database, TimeProvider.System, NullLogger<CatalogCache>.Instance);
        later.Start();

        Assert.Equal("Nguyễn Thị Thuỳ Trang", later.Current?.Officers.Single().Name);
        Directory.Delete(folder, recursive: true);
    }
}
