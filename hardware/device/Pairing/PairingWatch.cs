using System.Text.Json;
using Reception.Device.Session;
using Reception.Protocol;

namespace Reception.Device.Pairing;

/// <summary>Notices when the hub has revoked or moved this device, which the program then goes on with by starting anew.</summary>
public sealed class PairingWatch
{
    private readonly TaskCompletionSource<PairingChange> _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the first change; never for a device that its settings file names, which only a technician changes.</summary>
    public Task<PairingChange> Changed => _changed.Task;

    /// <summary>Watches a session.</summary>
    /// <param name="session">The device's session.</param>
    /// <param name="data">The device's data folder.</param>
    public void Follow(DeviceSession session, string data)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (!File.Exists(PairedSettings.FileIn(data)))
        {
            return;
        }

        session.Revoked += () => _changed.TrySetResult(PairingChange.Revoked);
        session.Commanded += command =>
        {
            if (command.Type == CommandTypes.DeviceAssign
                && ProtocolJson.Read<DeviceAssign>(JsonSerializer.SerializeToUtf8Bytes(command.Data)) is { } assigned
                && PairedSettings.Move(data, assigned.Counter))
            {
                _changed.TrySetResult(PairingChange.Moved);
            }
        };
    }
}

/// <summary>What the hub did with a paired device.</summary>
public enum PairingChange
{
    /// <summary>It is not accepted any more.</summary>
    Revoked,

    /// <summary>It is at another counter.</summary>
    Moved,
}
