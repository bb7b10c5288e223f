using System.Globalization;
using System.Text.RegularExpressions;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>What systemd itself says of the units that the documents install.</summary>
public sealed partial class SandboxTests
{
    private const double MostExposure = 3.0;

    public static TheoryData<string> Units => [.. Directory.GetFiles(Path.Combine(Sources.Root, "hub/docs/systemd"), "*.service").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Units))]
    public async Task A_unit_leaves_little_open_and_has_a_user_of_its_own(string unit)
    {
        var file = Path.Combine(Sources.Root, "hub/docs/systemd", unit);
        var said = await Spawned.DoneAsync("systemd-analyze", "security", "--offline=true", "--no-pager", file);
        var exposure = double.Parse(Overall().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(exposure <= MostExposure, said);

        var users = Directory.GetFiles(Path.Combine(Sources.Root, "hub/docs/systemd"), "*.service").Select(one => User().Match(File.ReadAllText(one)).Groups[1].Value);
        Assert.Single(users, User().Match(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Groups[1].Value);
    }

    [GeneratedRegex("Overall exposure level for .*: ([0-9.]+)")]
    private static partial Regex Overall();

    [GeneratedRegex("(?m)^User=(.+)$")]
    private static partial Regex User();
}
