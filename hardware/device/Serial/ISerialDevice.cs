namespace Reception.Device.Serial;

/// <summary>What is at the other end of a line. All calls come from the line's own thread, one at a time.</summary>
public interface ISerialDevice
{
    /// <summary>How long the device may say nothing before its line counts as dead; null for one that is never heard by itself.</summary>
    TimeSpan? LongestSilence { get; }

    /// <summary>The port is open, for the first time or again.</summary>
    void Opened();

    /// <summary>A whole frame came; its body is valid during the call alone.</summary>
    void Take(ReadOnlySpan<byte> body);

    /// <summary>Time passes; several times a second while the port is open.</summary>
    void Tick();

    /// <summary>The port is closed, whatever the reason.</summary>
    void Closed();
}
