using Reception.Hosting.Settings;
using Reception.Protocol;

namespace Reception.Device.Pairing;

/// <summary>Pairs a device without a screen: what a screen would show is written to a terminal.</summary>
/// <param name="output">The terminal.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class TerminalPairing(TextWriter output, TimeProvider timeProvider)
{
    private string _written = "";

    /// <summary>Runs until the device is paired, then true; false where it was rejected.</summary>
    /// <param name="options">The device's settings.</param>
    /// <param name="kind">One of <see cref="DeviceKinds"/>.</param>
    public async Task<bool> RunAsync(PairingOptions options, string kind)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Hub is null)
        {
            throw new SettingsException($"hub is missing; with --pair, allowed is {new SecretAddressAttribute().Allowed}.");
        }

        var pairing = new DevicePairing(options, kind, timeProvider);
        using var rejected = new CancellationTokenSource();
        pairing.Changed += status =>
        {
            Write(status);
            if (status.Phase == PairingPhase.Rejected)
            {
                rejected.Cancel();
            }
        };
        Write(pairing.Status);
        try
        {
            await pairing.RunAsync(rejected.Token);
            return true;
        }
        catch (OperationCanceledException) when (rejected.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Write(PairingStatus status)
    {
        var text = status switch
        {
            { Phase: PairingPhase.Accepted, Paired: { } paired } =>
                $"Paired as {paired.Id}{(paired.Counter is { } counter ? $" at counter {counter}" : "")}. Start the program, or its service.",
            { Phase: PairingPhase.Rejected } => "An administrator has rejected this device.",
            { Phase: PairingPhase.Waiting, Line: { } line } => $"{line}. The code holds; asking again.",
            { Phase: PairingPhase.Waiting, Code: { } code } => string.Join(Environment.NewLine,
                $"Found {status.HallName ?? "the hub"} at {status.Hub}.",
                $"This device's code:  {PairingCode.Shown(code)}",
                $"Open Devices on the administrator's computer and compare the six digits. They must be the same: then accept the device there.",
                $"The code holds for {(int)status.Holds.Lifetime.TotalMinutes} minutes."),
            { Line: { } line } => $"{line}. Trying again.",
            _ => $"Looking for the hub at {status.Hub} …",
        };
        if (text != _written)
        {
            output.WriteLine(_written = text);
        }
    }
}
