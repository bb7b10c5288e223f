using Reception.Hub.Journal;

namespace Reception.Hub.Statistics;

/// <summary>Presses by when they came in their visit, or to the hub.</summary>
public enum PressKind
{
    BeforeFinish,
    AfterStart,
    AfterFinish,
    EmptyCounter,
    Late,
}

internal static class PressKinds
{
    public static IReadOnlyList<PressKind> All { get; } = Enum.GetValues<PressKind>();

    public static string Code(this PressKind kind) => kind switch
    {
        PressKind.BeforeFinish => "before-finish",
        PressKind.AfterStart => "after-start",
        PressKind.AfterFinish => "after-finish",
        PressKind.EmptyCounter => "empty-counter",
        PressKind.Late => "late",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of press."),
    };

    /// <summary>The presses of a kind as a condition of SQL on rows of <c>rating</c>.</summary>
    public static string Condition(this PressKind kind) => kind switch
    {
        PressKind.BeforeFinish => InVisit(PressTiming.BeforeFinish),
        PressKind.AfterStart => InVisit(PressTiming.AfterStart),
        PressKind.AfterFinish => InVisit(PressTiming.AfterFinish),
        PressKind.EmptyCounter => PressTiming.EmptyCounter,
        PressKind.Late => "attributed = 0 AND late = 1",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of press."),
    };

    private static string InVisit(string condition) => $"EXISTS (SELECT 1 FROM stay WHERE stay.id = rating.stay AND {condition})";
}
