using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Reception.Theme;

namespace Reception.Unit.Tests.Theme;

/// <summary>The strings of every program, against each other and against the sources that use them.</summary>
public sealed partial class StringsTests
{
    public static TheoryData<string, string> Programs => new()
    {
        { "hub", "hub/Service" },
        { "kiosk", "kiosk" },
        { "rating-device", "rating-device" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Both_languages_say_the_same_things_with_the_same_places_to_fill(string program, string sources)
    {
        var phrases = new Phrasebook([Assembly.Load(program)]);
        var (vietnamese, english) = (phrases.In("vi"), phrases.In("en"));

        Assert.NotEmpty(sources);
        Assert.Empty(vietnamese.Keys.Except(english.Keys));
        // English has a singular of its own, which Vietnamese needs not.
        Assert.All(english.Keys.Except(vietnamese.Keys), key => Assert.EndsWith(".one", key, StringComparison.Ordinal));
        Assert.All(vietnamese.Keys, key => Assert.Equal(Places(vietnamese[key]), Places(english[key])));
        Assert.All(vietnamese.Keys, key => Assert.True(vietnamese[key].IsNormalized(NormalizationForm.FormC), key));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_string_that_a_page_names_exists(string program, string sources)
    {
        var keys = new Phrasebook([Assembly.Load(program)]).In("vi").Keys.ToHashSet();
        var folder = Path.Combine(Repository(), sources);
        var named = Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(path => Named().Matches(File.ReadAllText(path)).Select(match => match.Groups["key"].Value))
            .ToHashSet();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(keys));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Reception.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex("""\w(\[|\.Count\()"(?<key>[a-z][a-z0-9-]*(\.[a-z0-9-]+)+)"(?=[\],])""")]
    private static partial Regex Named();
}
