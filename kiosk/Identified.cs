using System.Text.Json;
using Reception.Protocol;

namespace Reception.Kiosk;

/// <summary>Whether the kiosk is to make itself seen, so that a technician finds it among its like.</summary>
internal sealed class Identified(KioskOptions options, ScreenSignal screens, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private long until;

    /// <summary>The kiosk's id while it is to be seen, else null.</summary>
    public string? Name => clock.GetTimestamp() < Interlocked.Read(ref until) ? options.Device : null;

    /// <summary>Shows the id for the command's seconds, at most five minutes.</summary>
    public void Show(Command command)
    {
        var asked = ProtocolJson.Read<Identify>(JsonSerializer.SerializeToUtf8Bytes(command.Data))?.Seconds ?? 0;
        var seconds = Math.Clamp(asked, 0, (int)Longest.TotalSeconds);
        Interlocked.Exchange(ref until, clock.GetTimestamp() + (seconds * clock.TimestampFrequency));
        screens.Raise();
    }
}
