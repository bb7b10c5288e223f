using System.Reflection;
using System.Runtime.InteropServices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Architecture = ArchUnitNET.Domain.Architecture;
using Assembly = System.Reflection.Assembly;

namespace Reception.Unit.Tests.Layers;

/// <summary>Dependencies point one way: what may know what.</summary>
public sealed class ArrowsTests
{
    private static readonly string[] Programs = ["hub", "kiosk", "counter-agent", "rating-device", "receiver", "virtual-printer"];

    private static readonly Assembly[] Product =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => Programs.Contains(name) || (name.StartsWith("Reception.", StringComparison.Ordinal) && !name.EndsWith(".Tests", StringComparison.Ordinal)))
            .Select(Assembly.Load),
    ];

    internal static readonly Architecture Architecture = new ArchLoader().LoadAssemblies(Product).Build();

    /// <param name="assembly">The file without its ending.</param>
    /// <param name="known">What of ours it may know; nothing else.</param>
    [Theory]
    [InlineData("Reception.Protocol")]
    [InlineData("Reception.Hall")]
    [InlineData("Reception.Theme")]
    [InlineData("Reception.Slips", "Reception.Protocol")]
    [InlineData("Reception.Mqtt", "Reception.Protocol")]
    [InlineData("Reception.Hosting")]
    [InlineData("Reception.Device", "Reception.Protocol", "Reception.Mqtt", "Reception.Hosting", "Reception.Slips")]
    [InlineData("Reception.Pairing", "Reception.Protocol", "Reception.Hosting", "Reception.Device", "Reception.Theme")]
    [InlineData("kiosk", "Reception.Protocol", "Reception.Mqtt", "Reception.Hosting", "Reception.Device", "Reception.Slips", "Reception.Theme", "Reception.Pairing")]
    [InlineData("counter-agent", "Reception.Protocol", "Reception.Mqtt", "Reception.Hosting", "Reception.Device", "Reception.Slips")]
    [InlineData("rating-device", "Reception.Protocol", "Reception.Mqtt", "Reception.Hosting", "Reception.Device", "Reception.Theme", "Reception.Pairing")]
    [InlineData("hub", "Reception.Protocol", "Reception.Hosting", "Reception.Hall", "Reception.Slips", "Reception.Theme")]
    public void An_assembly_knows_only_those_below_it(string assembly, params string[] known)
    {
        var referenced = Product.Single(one => one.GetName().Name == assembly).GetReferencedAssemblies()
            .Select(reference => reference.Name!).Where(name => Product.Any(one => one.GetName().Name == name));

        Assert.Empty(referenced.Except(known));
    }

    [Theory]
    [InlineData("Reception.Hall")]
    [InlineData("Reception.Hub.Journal")]
    public void The_rules_and_the_journal_know_no_web(string layer) =>
        Types().That().ResideInNamespaceMatching($"^{layer.Replace(".", @"\.", StringComparison.Ordinal)}(\\..*)?$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Microsoft\.AspNetCore(\..*)?$"))
            .Check(Architecture);

    [Fact]
    public void The_rules_know_no_metrics_and_the_journal_no_exporter()
    {
        Types().That().ResideInNamespaceMatching(@"^Reception\.Hall(\..*)?$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^(OpenTelemetry|System\.Diagnostics\.Metrics)(\..*)?$"))
            .Check(Architecture);
        Types().That().ResideInNamespaceMatching(@"^Reception\.Hub\.Journal(\..*)?$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^OpenTelemetry(\..*)?$"))
            .Check(Architecture);
    }

    [Fact]
    public void The_rules_and_the_protocol_know_no_database_and_no_network() =>
        Types().That().ResideInNamespaceMatching(@"^Reception\.(Hall|Protocol)(\..*)?$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^(Microsoft\.Data|Dapper|MQTTnet|System\.Net)(\..*)?$"))
            .Check(Architecture);

    [Fact]
    public void Foreign_functions_are_called_in_one_folder_alone() => Assert.Equal(
        ["Reception.Device.Platform"],
        Product.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Any(method => method.IsDefined(typeof(LibraryImportAttribute)) || method.IsDefined(typeof(DllImportAttribute))))
            .Select(type => type.Namespace)
            .Distinct());
}
