using System.Collections.Immutable;
using System.Text;
using Reception.Hub.Site;

namespace Reception.Unit.Tests.Site;

/// <summary>Set-ups in memory.</summary>
internal static class Setups
{
    /// <summary>A hall file in force, with some devices.</summary>
    public static SetupBook Of(string plan, params IEnumerable<Hub.Site.Device> devices)
    {
        var book = new SetupBook();
        book.Publish(new HallSetup(
            HallFile.Parse(Encoding.UTF8.GetBytes(plan)),
            demonstration: false,
            ImmutableDictionary<string, string>.Empty,
            devices.ToImmutableSortedDictionary(device => device.Id, device => device, StringComparer.Ordinal),
            SiteRules.OfFile));
        return book;
    }
}
