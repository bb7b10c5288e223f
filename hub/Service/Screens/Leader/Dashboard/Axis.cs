using System.Globalization;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>The scale on which shares are drawn, from a round share up to another.</summary>
public sealed record Axis(double From, double To, double Step)
{
    public IEnumerable<double> Ticks
    {
        get
        {
            for (var index = 0; From + index * Step <= To + Step / 100; index++)
            {
                yield return From + index * Step;
            }
        }
    }

    /// <summary>A scale up to 100 %, from the round share below the lowest, at the most from 60 %.</summary>
    public static Axis UpToAll(double lowest)
    {
        var from = Math.Clamp(Math.Floor(lowest * 10 + 1e-9) / 10, 0, 0.6);
        return from < 0.3 ? new Axis(0, 1, 0.25) : from < 0.5 ? new Axis(0.3, 1, 0.1) : new Axis(from, 1, 0.1);
    }

    /// <summary>A scale from nothing to the round share above the highest.</summary>
    public static Axis FromNothing(double highest) => new(0, Math.Clamp(Math.Ceiling(highest * 20) / 20, 0.05, 1), 0.05);

    /// <summary>Where a share lies, in per cent of the width; what is beyond an end lies on it.</summary>
    public string Place(double share) => Css((Math.Clamp(share, From, To) - From) / (To - From));

    /// <summary>A share as a length in CSS, whatever the language.</summary>
    public static string Css(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
