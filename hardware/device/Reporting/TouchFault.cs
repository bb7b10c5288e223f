using Microsoft.Extensions.Logging;
using Reception.Protocol;

namespace Reception.Device.Reporting;

/// <summary>
/// Something has touched a touch screen for more than 10 s and does not let go: told to the hub as a fault of the device, at most
/// once in 10 minutes.
/// </summary>
public sealed class TouchFault(FactOutbox outbox, TimeProvider timeProvider, ILogger<TouchFault> logger)
{
    /// <summary>The fault's code.</summary>
    public const string Code = "touch-stuck";

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private long? _toldAt;

    /// <summary>Keeps the fault until the hub has answered it.</summary>
    public void Report()
    {
        lock (_lock)
        {
            if (_toldAt is { } at && timeProvider.GetElapsedTime(at) < Every)
            {
                return;
            }

            _toldAt = timeProvider.GetTimestamp();
        }

        logger.LogWarning(DeviceEvents.TouchStuck, "Something has touched the screen for more than 10 s: clean or check the screen");
        try
        {
            outbox.Keep(ReportTypes.DeviceFault, new DeviceFault(Code, "Có vật chạm giữ trên màn hình hơn 10 giây: lau sạch hoặc kiểm tra màn hình."));
        }
        catch (FactNotKeptException exception)
        {
            logger.LogError(DeviceEvents.TouchNotTold, exception, "The fault {Code} could not be written to this machine's disk", Code);
        }
    }
}
