using Reception.Device.Serial;
using Reception.Protocol;

namespace Reception.CounterAgent;

/// <summary>A device on a serial line of the counter.</summary>
internal interface ICounterDevice : ISerialDevice
{
    /// <summary>Raised after something changed that the presence tells of; on the line's own thread.</summary>
    event Action? HealthChanged
    {
        add { }
        remove { }
    }

    /// <summary>Adds what the device has said of itself to the health of its line; from any thread.</summary>
    SerialHealth Describe(SerialHealth health) => health;
}
