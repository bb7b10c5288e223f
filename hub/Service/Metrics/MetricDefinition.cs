namespace Reception.Hub.Metrics;

/// <summary>How an instrument counts.</summary>
internal enum MetricKind
{
    /// <summary>A sum that only grows, from the hub's start.</summary>
    Counter,

    /// <summary>How many measurements were at most so large.</summary>
    Histogram,

    /// <summary>A sum that grows and shrinks, read when it is asked for.</summary>
    UpDownCounter,
}

/// <summary>One metric of the hub.</summary>
/// <param name="Name">By the conventions of OpenTelemetry: dots between the words.</param>
/// <param name="Kind">How it counts.</param>
/// <param name="Unit">In UCUM: <c>s</c>, or a thing in braces such as <c>{command}</c>.</param>
/// <param name="Description">One sentence; it is the help text at <c>/metrics</c>.</param>
/// <param name="Labels">The names of its labels. Their values are few, and none names a person or a ticket.</param>
internal sealed record MetricDefinition(string Name, MetricKind Kind, string Unit, string Description, params IReadOnlyList<string> Labels);
