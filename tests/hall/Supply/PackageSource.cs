using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Supply;

/// <summary>A source of packages that has vulnerability data for one NuGet package and one npm package, or for none.</summary>
internal sealed class PackageSource : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PackageSource(WebApplication app, string address, string config) => (_app, Address, Config) = (app, address, config);

    public string Address { get; }

    /// <summary>The NuGet configuration that asks this source.</summary>
    public string Config { get; }

    /// <param name="hasData">Whether it gives vulnerability data at all.</param>
    /// <param name="nuGet">The NuGet package that is vulnerable in every version; null for none.</param>
    /// <param name="npm">The same of npm.</param>
    public static async Task<PackageSource> StartAsync(bool hasData, string? nuGet = null, string? npm = null)
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(config, $"""
            <configuration>
              <packageSources><clear /></packageSources>
              <auditSources><clear /><add key="test" value="{address}/index.json" protocolVersion="3" allowInsecureConnections="true" /></auditSources>
            </configuration>
            """);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        app.MapGet("/index.json", () => Json(hasData
            ? $$"""{"version":"3.0.0","resources":[{"@id":"{{address}}/vulnerabilities.json","@type":"VulnerabilityInfo/6.7.0"}]}"""
            : """{"version":"3.0.0","resources":[]}"""));
        app.MapGet("/vulnerabilities.json", () => Json($$"""[{"@name":"base","@id":"{{address}}/base.json","@updated":"{{DateTimeOffset.UnixEpoch:O}}"}]"""));
        app.MapGet("/base.json", () => Json(nuGet is null ? "{}"
            : $$"""{"{{nuGet}}":[{"url":"{{address}}/advisory","severity":2,"versions":"(, 9999.0.0)"}]}"""));
        app.MapPost("/-/npm/v1/security/advisories/bulk", () => !hasData ? Results.StatusCode(405) : Json(npm is null ? "{}"
            : $$"""{"{{npm}}":[{"id":1,"url":"{{address}}/advisory","title":"A test","severity":"high","vulnerable_versions":"<9999.0.0"}]}"""));
        await app.StartAsync();
        return new PackageSource(app, address, config);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(Config);
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");
}
