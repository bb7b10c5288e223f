using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Pairing;

/// <summary>
/// Devices that ask to be paired. They are strangers until an administrator accepts them, so nothing of them is on disk: a restart of the hub ends every
/// pairing, and the devices ask again.
/// </summary>
internal sealed class Pairings(HallAuthority authority, TimeProvider timeProvider)
{
    public const int MostPerAddress = 5;
    public const int Most = 20;

    /// <summary>How long a device waits for an administrator.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly List<WaitingDevice> _all = [];
    private byte[]? _authority;

    /// <summary>Takes a device's request.</summary>
    /// <param name="kind">One of <see cref="DeviceKinds.All"/>.</param>
    /// <param name="name">What the device calls itself.</param>
    /// <param name="nonce">A secret of the device's, by which it asks again.</param>
    /// <param name="address">Where the request came from.</param>
    public Result<WaitingDevice> Open(string kind, string name, string nonce, string address)
    {
        lock (_gate)
        {
            Forget();
            var open = _all.Where(one => one.IsOpen).ToList();
            var here = open.Where(one => one.Address == address).ToList();
            if (here.Count >= MostPerAddress || open.Count >= Most)
            {
                return TooMany(Left((here.Count >= MostPerAddress ? here : open)[0]));
            }

            var id = Guid.NewGuid();
            var device = new WaitingDevice(id, kind, name, nonce, address, PairingCode.Of(Authority, id, nonce), timeProvider.GetUtcNow(), timeProvider.GetTimestamp());
            _all.Add(device);
            return device;
        }
    }

    /// <summary>Those that wait for an administrator, the oldest first.</summary>
    public IReadOnlyList<WaitingDevice> Waiting()
    {
        lock (_gate)
        {
            Forget();
            return [.. _all.Where(one => one.IsOpen)];
        }
    }

    /// <summary>How long a device may still wait.</summary>
    public TimeSpan Left(WaitingDevice device) => Lifetime - timeProvider.GetElapsedTime(device.Since);

    /// <summary>What a device is answered when it asks; an accepted one gets its secret once.</summary>
    public PairingState Ask(Guid id, string nonce)
    {
        lock (_gate)
        {
            Forget();
            if (_all.Find(one => one.Id == id) is not { } device)
            {
                return new PairingState.Ended();
            }

            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(device.Nonce), Encoding.UTF8.GetBytes(nonce)))
            {
                return new PairingState.Stranger();
            }

            if (device.Outcome is PairingState.Accepted)
            {
                _all.Remove(device);
            }

            return device.Outcome;
        }
    }

    /// <summary>Takes a waiting device, so that no second administrator decides about it; null where it waits no longer.</summary>
    public WaitingDevice? Take(Guid id)
    {
        lock (_gate)
        {
            Forget();
            if (_all.Find(one => one.Id == id && one.IsOpen) is not { } device)
            {
                return null;
            }

            device.IsTaken = true;
            return device;
        }
    }

    /// <summary>Ends the decision about a taken device; with <see cref="PairingState.Waiting"/> it waits on.</summary>
    public void Decide(WaitingDevice device, PairingState outcome)
    {
        lock (_gate)
        {
            (device.Outcome, device.IsTaken) = (outcome, false);
        }
    }

    private byte[] Authority
    {
        get
        {
            if (_authority is null)
            {
                using var certificate = X509CertificateLoader.LoadCertificateFromFile(authority.AuthorityCertificate);
                _authority = certificate.RawData;
            }

            return _authority;
        }
    }

    private void Forget() => _all.RemoveAll(one => timeProvider.GetElapsedTime(one.Since) >= Lifetime);

    private static Refusal TooMany(TimeSpan wait) => new("too-many",
        "Đang có quá nhiều thiết bị chờ ghép. Hãy nhận hoặc từ chối bớt ở trang Thiết bị, hoặc chờ.",
        "Too many devices wait to be paired. Accept or reject some on the devices page, or wait.")
    {
        RetryAfter = wait,
    };
}

/// <summary>A device that asked to be paired.</summary>
/// <param name="Id">The pairing's id.</param>
/// <param name="Kind">One of <see cref="DeviceKinds.All"/>.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Nonce">By which it asks again.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Code">The six digits that it must show.</param>
/// <param name="At">When it asked.</param>
/// <param name="Since">The same by the monotonic clock.</param>
internal sealed record WaitingDevice(
    Guid Id, string Kind, string Name, string Nonce, string Address, string Code, DateTimeOffset At, long Since)
{
    /// <summary>What was decided; only <see cref="Pairings"/> changes it.</summary>
    public PairingState Outcome { get; set; } = new PairingState.Waiting();

    /// <summary>Whether an administrator's decision is being written.</summary>
    public bool IsTaken { get; set; }

    public bool IsOpen => Outcome is PairingState.Waiting && !IsTaken;
}

/// <summary>What became of a device's request.</summary>
internal abstract record PairingState
{
    /// <summary>Nobody has decided yet.</summary>
    internal sealed record Waiting : PairingState;

    /// <summary>It belongs to the hall now.</summary>
    internal sealed record Accepted(Device Device, string Secret) : PairingState;

    internal sealed record Rejected : PairingState;

    /// <summary>There is no such pairing any more: it was answered, or its time is over.</summary>
    internal sealed record Ended : PairingState;

    /// <summary>Who asks is not who opened it.</summary>
    internal sealed record Stranger : PairingState;
}
