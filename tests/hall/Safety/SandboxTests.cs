using System.Globalization;
using System.Text.RegularExpressions;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>What systemd itself says of the units that the documents install.</summary>
public sealed partial class SandboxTests
{
    private const double MostExposure = 3.0;

    private static readonly string[] Limits = ["LimitNOFILE=", "LogRateLimitIntervalSec=", "LogRateLimitBurst="];

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

    [Theory]
    [MemberData(nameof(Units))]
    public async Task A_unit_has_limits_of_open_files_and_of_log_lines(string unit)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "hub/docs/systemd", unit), TestContext.Current.CancellationToken);
        Assert.All(Limits, limit => Assert.Single(text.Split('\n'), line => line.StartsWith(limit, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Journald_takes_its_limits_from_the_file_that_the_documents_install()
    {
        // systemd lays a drop-in over its own file; under another root it says what it has read.
        var root = Directory.CreateTempSubdirectory("reception-journald-").FullName;
        var folder = Directory.CreateDirectory(Path.Combine(root, "etc/systemd/journald.conf.d")).FullName;
        File.Copy(Path.Combine(Sources.Root, "hub/docs/systemd/journald.conf.d/reception.conf"), Path.Combine(folder, "reception.conf"));
        var said = await Spawned.DoneAsync("systemd-analyze", "cat-config", "--root", root, "systemd/journald.conf");
        Directory.Delete(root, recursive: true);
        Assert.Matches("(?m)^SystemMaxUse=500M$", said);
        Assert.Matches("(?m)^SystemKeepFree=500M$", said);
    }

    [GeneratedRegex("Overall exposure level for .*: ([0-9.]+)")]
    private static partial Regex Overall();

    [GeneratedRegex("(?m)^User=(.+)$")]
    private static partial Regex User();
}
