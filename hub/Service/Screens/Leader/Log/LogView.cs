namespace Reception.Hub.Screens.Leader.Log;

/// <summary>A page of the security log, what it was asked for, and what one can ask for.</summary>
public sealed record LogView
{
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>The kind that is shown; null for all.</summary>
    public required string? Kind { get; init; }

    public required string? Person { get; init; }

    /// <summary>The question as an address, without its kind and its page.</summary>
    public required string Query { get; init; }

    /// <summary>The same with the kind.</summary>
    public required string QueryWithKind { get; init; }

    /// <summary>How many acts there are of each kind.</summary>
    public required IReadOnlyList<(string Kind, int Count)> Tabs { get; init; }

    public required IReadOnlyList<string> People { get; init; }
    public required IReadOnlyList<LogLine> Lines { get; init; }

    /// <summary>How many newer acts are on the pages before.</summary>
    public required int Skipped { get; init; }

    public required int Page { get; init; }

    /// <summary>The newest entry that the pages hold.</summary>
    public required long UpTo { get; init; }

    /// <summary>The newest verification of the record, and its findings.</summary>
    public required (DateTimeOffset At, int Findings)? Verified { get; init; }

    /// <summary>How many acts all pages hold.</summary>
    public int Total => Tabs.Where(tab => Kind is null || tab.Kind == Kind).Sum(tab => tab.Count);
}

/// <summary>An act as the page shows it.</summary>
/// <param name="Sequence">The journal's row.</param>
/// <param name="At">In the hall's zone.</param>
/// <param name="Kind">What it is about, in a word or two.</param>
/// <param name="Icon">The kind's icon.</param>
/// <param name="Code">The code of who did it, or null.</param>
/// <param name="Who">Who did it, or which device; the sentence begins with it.</param>
/// <param name="What">The rest of the sentence.</param>
/// <param name="From">Where it came from.</param>
/// <param name="Tone">Empty, <c>notice</c> or <c>alarm</c>.</param>
/// <param name="Changes">The values that changed.</param>
public sealed record LogLine(
    long Sequence, DateTimeOffset At, string Kind, string Icon, string? Code, string Who, string What, string? From, string Tone,
    IReadOnlyList<LogChange> Changes);

/// <summary>A value that changed.</summary>
public sealed record LogChange(string What, string? Old, string? New);
