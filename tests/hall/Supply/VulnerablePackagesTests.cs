using System.Diagnostics;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Supply;

/// <summary>The check of the locked packages for known vulnerabilities.</summary>
public sealed class VulnerablePackagesTests
{
    [Fact]
    public async Task A_known_vulnerability_fails_the_check_and_is_named()
    {
        await using var source = await PackageSource.StartAsync(hasData: true, "microsoft.codeanalysis.bannedapianalyzers", "htmx.org");
        var (code, said) = await CheckAsync(source);

        Assert.Equal(1, code);
        Assert.Contains("Package 'Microsoft.CodeAnalysis.BannedApiAnalyzers'", said, StringComparison.Ordinal);
        Assert.Contains("high: htmx.org, A test http", said, StringComparison.Ordinal);
        Assert.Contains("npm, ./hardware/slips/package-lock.json: no known vulnerability.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_that_know_of_none_pass()
    {
        await using var source = await PackageSource.StartAsync(hasData: true);
        var (code, said) = await CheckAsync(source);

        Assert.Equal(0, code);
        Assert.Contains("NuGet: no known vulnerability.", said, StringComparison.Ordinal);
        Assert.Contains("npm, ./hub/Theme/package-lock.json: no known vulnerability.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_vulnerability_data_the_check_says_so_and_does_not_fail()
    {
        await using var source = await PackageSource.StartAsync(hasData: false);
        var (code, said) = await CheckAsync(source);

        Assert.Equal(0, code);
        Assert.Contains("NuGet: NOT CHECKED, the source gives no vulnerability data", said, StringComparison.Ordinal);
        Assert.Contains("npm, ./hub/Theme/package-lock.json: NOT CHECKED, the source gives no vulnerability data", said, StringComparison.Ordinal);
        Assert.DoesNotContain("no known vulnerability", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> CheckAsync(PackageSource source)
    {
        var check = new ProcessStartInfo(
            Path.Combine(Sources.Root, ".ci", "vulnerable"), ["--config", source.Config, "hub/Hall/Reception.Hall.csproj"]);
        check.Environment["npm_config_registry"] = source.Address;
        using var run = Spawned.Start(check);
        await run.EndedAsync();
        return (run.ExitCode, run.All);
    }
}
