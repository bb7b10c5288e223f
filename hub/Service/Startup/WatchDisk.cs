using Reception.Hub.Site;

namespace Reception.Hub.Startup;

/// <summary>Logs that the disk's free space has fallen below a limit, once, and that there is enough again.</summary>
internal sealed class WatchDisk(DiskSpace disk, TimeProvider timeProvider, ILogger<WatchDisk> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private bool _wasLow;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        do
        {
            Look();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Look()
    {
        try
        {
            var (isLow, free) = (disk.IsLow, disk.FreeMb);
            if (isLow && !_wasLow)
            {
                log.LogWarning(new EventId(1018),
                    "disk: {Free} MiB free, less than disk.lowMb ({Limit}): numbers by phone are refused; make room on the disk of the data folder", free, disk.LowMb);
            }
            else if (!isLow && _wasLow)
            {
                log.LogInformation(new EventId(1019), "disk: {Free} MiB free: numbers by phone are given out again", free);
            }

            _wasLow = isLow;
        }
        catch (IOException exception)
        {
            log.LogWarning(new EventId(1020), "disk: the free space can't be read: {Reason}", exception.Message);
        }
    }
}
