using Reception.Hub.Statistics;

namespace Reception.Hub.Screens.Leader.Ratings;

/// <summary>One page of the record of ratings, what it was asked for, and what one can ask for.</summary>
public sealed record RatingsView(
    RatingsQuestion Question, RatingsPage Page, IReadOnlyList<string> Officers, IReadOnlyList<int> Counters)
{
    /// <summary>The question as an address, without its place in the list.</summary>
    public string Query => RatingsAddress.Query(Question);

    /// <summary>Whether it is asked for what the form has no field for.</summary>
    public bool IsNarrowed => Question is not { Kind: null, Device: null, Since: null, Until: null };

    /// <summary>The address of the same question without that.</summary>
    public string Wider => RatingsAddress.Of(Question with { Kind = null, Device = null, Since = null, Until = null });
}
