using Reception.Protocol;

namespace Reception.Device.Pairing;

/// <summary>Has this device paired: finds the hub, shows the code, asks until an administrator has decided, and keeps what the hub gives.</summary>
/// <param name="options">The device's settings.</param>
/// <param name="kind">One of <see cref="DeviceKinds"/>.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class DevicePairing(PairingOptions options, string kind, TimeProvider timeProvider)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Uri? _hub = options.Hub;
    private PairingStatus _status = new(PairingPhase.Searching) { Hub = options.Hub };
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Raised after <see cref="Status"/> changed; handlers return at once.</summary>
    public event Action<PairingStatus>? Changed;

    /// <summary>How far it is.</summary>
    public PairingStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>Whether the hub's address may be changed here: the settings file does not name it.</summary>
    public bool MayChangeHub => options.Hub is null;

    /// <summary>What the device calls itself until an administrator gives it a name.</summary>
    public static string OwnName => Environment.MachineName is { Length: > 0 and <= DeviceName.MaximumLength } name ? name : "-";

    /// <summary>Looks for the hub at another address.</summary>
    public void UseHub(Uri hub)
    {
        if (MayChangeHub)
        {
            Wake(() => _hub = hub);
        }
    }

    /// <summary>Asks once more after a rejection.</summary>
    public void AskAgain()
    {
        if (Status.Phase == PairingPhase.Rejected)
        {
            Wake(() => { });
        }
    }

    /// <summary>Runs until the device is paired.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (Status.Phase != PairingPhase.Accepted)
        {
            var (wanted, wake) = Wanted();
            Set(new PairingStatus(wanted is null ? PairingPhase.NoAddress : PairingPhase.Searching) { Hub = wanted, Reason = Status.Reason, Line = Status.Line });
            if (wanted is not { } hub)
            {
                await wake.WaitAsync(cancellationToken);
                continue;
            }

            try
            {
                await TryAsync(hub, wake, cancellationToken);
            }
            catch (PairingFault fault)
            {
                Set(new PairingStatus(PairingPhase.Searching) { Hub = hub, Reason = fault.Reason, Line = fault.Message });
                await RestAsync(fault.RetryAfter, wake, cancellationToken);
            }
        }
    }

    /// <summary>One code: until it is accepted, rejected or over, or another hub is wanted.</summary>
    private async Task TryAsync(Uri hub, Task wake, CancellationToken cancellationToken)
    {
        using var client = await PairingClient.FindAsync(hub, cancellationToken);
        var hall = await client.HallNameAsync(cancellationToken);
        var (code, lifetime) = await client.OpenAsync(kind, OwnName, cancellationToken);
        var began = timeProvider.GetTimestamp();
        var waiting = new PairingStatus(PairingPhase.Waiting)
        {
            Hub = hub,
            HallName = hall,
            Code = code,
            Holds = (began + (long)(lifetime.TotalSeconds * timeProvider.TimestampFrequency), lifetime),
        };
        Set(waiting);
        while (timeProvider.GetElapsedTime(began) < lifetime)
        {
            await RestAsync(AskEvery, wake, cancellationToken);
            if (wake.IsCompleted)
            {
                return;
            }

            try
            {
                switch (await client.AskAsync(cancellationToken))
                {
                    case PairingReply.Accepted { Device: var paired }:
                        PairedSettings.Keep(options.Data, hub, paired, DeviceKinds.IsAtCounter(kind));
                        Set(waiting with { Phase = PairingPhase.Accepted, Code = null, Paired = (paired.Device, paired.Counter) });
                        return;
                    case PairingReply.Rejected:
                        Set(waiting with { Phase = PairingPhase.Rejected, Code = null });
                        await wake.WaitAsync(cancellationToken);
                        return;
                    case PairingReply.Ended:
                        return;
                    default:
                        Set(waiting);
                        break;
                }
            }
            catch (PairingFault fault) when (fault.Reason == PairingReason.NotFound)
            {
                // The code still holds: the hub may be back before it ends.
                Set(waiting with { Reason = fault.Reason, Line = fault.Message });
            }
        }
    }

    private async Task RestAsync(TimeSpan time, Task wake, CancellationToken cancellationToken)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(wake, Task.Delay(time, timeProvider, rest.Token));
        await rest.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private (Uri? Hub, Task Wake) Wanted()
    {
        lock (_gate)
        {
            return (_hub, _wake.Task);
        }
    }

    private void Wake(Action change)
    {
        lock (_gate)
        {
            change();
            _wake.SetResult();
            _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Set(PairingStatus status)
    {
        lock (_gate)
        {
            if (_status == status)
            {
                return;
            }

            _status = status;
        }

        Changed?.Invoke(status);
    }
}
