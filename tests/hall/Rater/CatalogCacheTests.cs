using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Catalog;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Rater;

public sealed class CatalogCacheTests
{
    [Fact]
    public async Task A_device_that_starts_while_the_hub_is_away_still_knows_every_name()
    {
        var folder = Directory.CreateTempSubdirectory("reception-catalog-").FullName;
        await using (var hub = await FakeHub.StartAsync(FakeHub.Rater))
        await using (var cache = new CatalogCache(hub.Address, folder, TimeProvider.System, NullLogger<CatalogCache>.Instance))
        {
            cache.Start();
            await Eventually.TrueAsync(() => File.Exists(Path.Combine(folder, "catalog.json")), () => cache.Current?.ToString() ?? "nothing");
        }

        await using var later = new CatalogCache(new Uri($"http://127.0.0.1:{FreePort.Next()}"), folder, TimeProvider.System, NullLogger<CatalogCache>.Instance);
        later.Start();

        Assert.Equal("Nguyễn Thị Thuỳ Trang", later.Current?.Officers.Single().Name);
        Directory.Delete(folder, recursive: true);
    }
}
