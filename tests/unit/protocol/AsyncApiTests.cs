using System.Reflection;
using System.Text.RegularExpressions;
using Reception.Protocol;

namespace Reception.Unit.Tests.Protocol;

/// <summary><c>hardware/docs/mqtt.asyncapi.yaml</c> names the topics and types that the programs use.</summary>
public sealed partial class AsyncApiTests
{
    private static readonly string Contract = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "mqtt.asyncapi.yaml"));

    [Fact]
    public void Its_topics_are_those_of_the_protocol() => Assert.Equal(
        [Topics.Presence("{device}"), Topics.Report("{device}"), Topics.Answer("{device}"), Topics.Command("{device}"), Topics.Hall],
        Address.Matches(Contract).Select(match => match.Groups[1].Value));

    [Fact]
    public void Its_reports_and_commands_are_those_of_the_protocol() => Assert.Equal(
        Constants(typeof(ReportTypes)).Concat(Constants(typeof(CommandTypes))),
        Type.Matches(Contract).Select(match => match.Groups[1].Value));

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"^    address: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"type: \{ const: ([a-z.]+) \}")]
    private static partial Regex Type { get; }
}
