using Reception.Hall;
using Reception.Hub.Devices;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Rendering;
using Reception.Hub.Site;

namespace Reception.Hub.Province;

/// <summary>Puts together the heartbeat of this hall.</summary>
internal sealed class HallHeartbeat(
    Forwarder forwarder, JournalPages journal, HallBoard board, SetupBook book, DeviceList devices, Renderer renderer, HubOptions options, TimeProvider time)
{
    private const long Megabyte = 1024 * 1024;

    private static readonly string Software = typeof(HallHeartbeat).Assembly.GetName().Version!.ToString(3);

    public HeartbeatDocument Read()
    {
        var status = forwarder.Status();
        var hall = board.Current.State;
        return new HeartbeatDocument(
            journal.Identity(),
            book.Current.File.Site.Code,
            renderer.Local(time.GetUtcNow()),
            Software,
            status.Cursor,
            status.Backlog,
            status.Parked,
            hall.Setup.Services.ToDictionary(service => service.Code, service => hall.Services[service.Code].WaitingCount),
            hall.Counters.Values.Count(counter => counter.Status == CounterStatus.Open),
            [.. devices.Read().SelectMany(device => device.Faults.Select(fault => new HeartbeatFault(device.Id, fault.Code)))],
            new DriveInfo(Path.GetFullPath(options.Data)).AvailableFreeSpace / Megabyte);
    }
}
