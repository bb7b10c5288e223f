using Reception.Hub.Province;

namespace Reception.Hub.Screens.Province;

/// <summary>The line to the province at one moment, in the hall's own time.</summary>
/// <param name="MaySend">Whether who looks may send a refused event again.</param>
public sealed record ProvinceView(
    bool On,
    long Backlog,
    DateTimeOffset? LastSuccess,
    string? Alarm,
    DateTimeOffset? AlarmSince,
    string? Trouble,
    DateTimeOffset? NextAttempt,
    int ParkedCount,
    IReadOnlyList<RefusedEvent> Parked,
    bool MaySend)
{
    private const int MostShown = 50;

    internal static ProvinceView Of(Forwarder forwarder, Renderer renderer, bool maySend)
    {
        var status = forwarder.Status();
        return new ProvinceView(
            status.On,
            status.Backlog,
            Local(status.LastSuccess),
            status.Alarm,
            Local(status.AlarmSince),
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
