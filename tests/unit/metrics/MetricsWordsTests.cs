using Reception.Hub.Metrics;
using Reception.Theme;

namespace Reception.Unit.Tests.Metrics;

/// <summary>The words of the administrator's page of figures.</summary>
public sealed class MetricsWordsTests
{
    [Fact]
    public void Each_command_and_each_refusal_has_words()
    {
        var keys = new Phrasebook([typeof(HubMetrics).Assembly]).In("vi").Keys.ToList();
        Assert.Equal(CommandNames.Commands.Order(), Under("metrics.command."));
        Assert.Equal(CommandNames.RefusalCodes.Order(), Under("metrics.refusal."));

        IEnumerable<string> Under(string prefix) =>
            keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..]).Order();
    }
}
