using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Supply;

/// <summary>The bill of materials that is published with the programs.</summary>
public sealed class BillOfMaterialsTests
{
    private static readonly string[] NotOurs = ["/artifacts/", "/bin/", "/obj/", "/node_modules/"];

    [Fact]
    public async Task It_names_every_package_of_every_lock_file_with_a_hash_and_a_licence()
    {
        var folder = Directory.CreateTempSubdirectory("reception-sbom-").FullName;
        await Spawned.DoneAsync(Path.Combine(Sources.Root, ".ci", "sbom"), folder);

        using var document = Open(Path.Combine(folder, "reception.cdx.json"));
        var bill = document.RootElement;
        Assert.Equal(("CycloneDX", "1.6"), (bill.GetProperty("bomFormat").GetString(), bill.GetProperty("specVersion").GetString()));
        var components = bill.GetProperty("components").EnumerateArray().ToDictionary(one => one.GetProperty("bom-ref").GetString()!);
        var packages = Locks("packages.lock.json").SelectMany(NuGet).Concat(Locks("package-lock.json").SelectMany(Npm)).Distinct().ToList();
        Assert.True(packages.Count > 150, $"{packages.Count} packages");
        Assert.Empty(packages.Except(components.Keys));
        Assert.All(packages, package => Assert.True(
            components[package].TryGetProperty("hashes", out _) && components[package].TryGetProperty("licenses", out _), package));

        Assert.Equal("required", ScopeOf("MQTTnet"));
        Assert.Equal("required", ScopeOf("Microsoft.NETCore.App.Runtime.win-x64"));
        Assert.Equal("excluded", ScopeOf("xunit.v3"));
        Assert.Equal("excluded", ScopeOf("Microsoft.CodeAnalysis.BannedApiAnalyzers"));
        var refs = bill.GetProperty("dependencies").EnumerateArray().SelectMany(one => one.GetProperty("dependsOn").EnumerateArray()).Select(one => one.GetString()!);
        Assert.Empty(refs.Except(components.Keys));
        Directory.Delete(folder, recursive: true);

        string? ScopeOf(string name) => components.Values.Single(one => one.GetProperty("name").GetString() == name).GetProperty("scope").GetString();
    }

    private static IEnumerable<string> Locks(string name) => Directory.EnumerateFiles(Sources.Root, name, SearchOption.AllDirectories)
        .Where(file => !NotOurs.Any(file[Sources.Root.Length..].Contains));

    private static IEnumerable<string> NuGet(string file)
    {
        using var lockFile = Open(file);
        return [.. lockFile.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => $"pkg:nuget/{package.Name}@{package.Value.GetProperty("resolved").GetString()}")];
    }

    private static IEnumerable<string> Npm(string file)
    {
        using var lockFile = Open(file);
        return [.. lockFile.RootElement.GetProperty("packages").EnumerateObject()
            .Where(package => package.Name.Length > 0)
            .Select(package => $"pkg:npm/{package.Name.Split("node_modules/")[^1].Replace("@", "%40", StringComparison.Ordinal)}@{package.Value.GetProperty("version").GetString()}")];
    }

    private static JsonDocument Open(string file) => JsonDocument.Parse(File.ReadAllBytes(file));
}
