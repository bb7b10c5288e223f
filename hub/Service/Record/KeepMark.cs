using Reception.Hub.Journal;
using Reception.Hub.Options;

namespace Reception.Hub.Record;

/// <summary>Writes the high-water mark once a second while the journal grows, and when the hub stops.</summary>
internal sealed class KeepMark(HallBoard board, JournalKey key, HubOptions options, TimeProvider clock, ILogger<KeepMark> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private long _written = -1;
    private bool _hasFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        try
        {
            do
            {
                Keep();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            Keep();
        }
    }

    private void Keep()
    {
        var hall = board.Current;
        if (hall.Version == _written)
        {
            return;
        }

        try
        {
            HighWaterMark.Of(hall, key).Write(options.Data);
            (_written, _hasFailed) = (hall.Version, false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk: the journal says the same, and the mark follows when there is room.
            if (!_hasFailed)
            {
                log.LogWarning(new EventId(1008), "{File} could not be written: {Reason}", HighWaterMark.Name, exception.Message);
            }

            _hasFailed = true;
        }
    }
}
