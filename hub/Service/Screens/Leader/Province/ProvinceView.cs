using Reception.Hub.Province;
using Reception.Hub.Rendering;

namespace Reception.Hub.Screens.Leader.Province;

/// <summary>The line to the province at one moment, in the hall's own time.</summary>
/// <param name="AlarmCode">Which alarm it is, for its words.</param>
/// <param name="MaySend">Whether the reader may send refused events again.</param>
public sealed record ProvinceView(
    bool On,
    long Backlog,
    DateTimeOffset? LastSuccess,
    string? AlarmCode,
    string? Alarm,
    DateTimeOffset? AlarmSince,
    string? Trouble,
    DateTimeOffset? NextAttempt,
    int ParkedCount,
    IReadOnlyList<RefusedEvent> Parked,
    bool MaySend)
{
    private const int MostShown = 50;

    /// <summary>Whether there are refused events that do not wait to be sent again yet.</summary>
    public bool HasUnsent => ParkedCount > Parked.Count || Parked.Any(parked => !parked.Again);

    internal static ProvinceView Of(Forwarder forwarder, Renderer renderer, bool maySend)
    {
        var status = forwarder.Status();
        return new ProvinceView(
            status.On,
            status.Backlog,
            Local(status.LastSuccess),
            status.Alarm?.Code,
            status.Alarm?.Words,
            Local(status.Alarm?.Since),
            status.Trouble,
            Local(status.NextAttempt),
            status.Parked,
            [.. forwarder.Parked(MostShown).Select(parked => new RefusedEvent(
                parked.Sequence, parked.Kind, renderer.Local(parked.ParkedAt), parked.Status, parked.Answer, parked.Again))],
            maySend);

        DateTimeOffset? Local(DateTimeOffset? instant) => instant is { } known ? renderer.Local(known) : null;
    }
}

/// <summary>An event that the province refused; <c>Again</c> where it waits to be sent once more.</summary>
public sealed record RefusedEvent(long Sequence, string Kind, DateTimeOffset At, int Status, string Answer, bool Again);
