using Reception.Protocol;

namespace Reception.Hub.Journal;

/// <summary>When a press came in its visit, as conditions of SQL on a row of <c>rating</c> and its row of <c>stay</c>.</summary>
internal static class PressTiming
{
    /// <summary>A citizen who has just sat down says what the visit is about; nobody has been served in that time.</summary>
    public static readonly TimeSpan SoonAfterStart = TimeSpan.FromSeconds(5);

    /// <summary>A citizen who is handed a paper, reads five faces and presses one needs longer.</summary>
    public static readonly TimeSpan SoonAfterFinish = TimeSpan.FromSeconds(3);

    /// <summary>The press came while the ticket was being served. Allowed; a hall has its usual share of such presses.</summary>
    public static string BeforeFinish => "(stay.ended_at IS NULL OR rating.first_at < stay.ended_at)";

    /// <summary>The press came within seconds of the start of service.</summary>
    public static string AfterStart { get; } = $"rating.first_at - stay.started_at BETWEEN 0 AND {SoonAfterStart.TotalMilliseconds:0}";

    /// <summary>A top mark came within seconds of the finish.</summary>
    public static string AfterFinish { get; } =
        $"(rating.level = {Levels.Highest} AND rating.first_at - stay.ended_at BETWEEN 0 AND {SoonAfterFinish.TotalMilliseconds:0})";

    /// <summary>The press came while the counter served nobody. A counter has one ticket at a time, so the newest call decides.</summary>
    public static string EmptyCounter => """
        rating.attributed = 0 AND rating.late = 0 AND NOT coalesce(
          (SELECT stay.day = rating.day AND (stay.ended_at IS NULL OR stay.ended_at >= rating.first_at)
           FROM stay WHERE stay.counter = rating.counter AND stay.called_at <= rating.first_at ORDER BY stay.called_at DESC LIMIT 1), 0)
        """;
}
