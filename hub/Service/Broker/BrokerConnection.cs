using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Connections;

namespace Reception.Hub.Broker;

/// <summary>One connection to the broker, from its first byte to its last.</summary>
internal sealed class BrokerConnection(ConnectionContext context, TimeProvider timeProvider) : IDisposable
{
    private readonly Lazy<TokenBucketRateLimiter> _rate = new(() => new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
    {
        TokenLimit = BrokerLimits.PublishesAtOnce,
        TokensPerPeriod = BrokerLimits.PublishesPerSecond / 10,
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        QueueLimit = 1,
    }));

    private readonly FloodWatch _flood = new(timeProvider);
    private int _unacknowledged;

    /// <summary>The device that signed in, or null.</summary>
    public string? Device { get; private set; }

    /// <summary>What the registry kept of its secret at that time.</summary>
    public string? SecretHash { get; private set; }

    public string? ClientId { get; private set; }

    public string Address => (context.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "";

    /// <summary>When the device signed in, by the monotonic clock.</summary>
    public long SignedInAt { get; private set; }

    /// <summary>When the device was last found flooding, by the monotonic clock; null where it does not.</summary>
    public long? FloodAt => _flood.At;

    /// <summary>Messages that were sent and that the device has not acknowledged.</summary>
    public int Unacknowledged => Volatile.Read(ref _unacknowledged);

    public void SignIn(string device, string secretHash, string clientId, long now) => (Device, SecretHash, ClientId, SignedInAt) = (device, secretHash, clientId, now);

    /// <summary>Waits until the device may publish, subscribe or ping again; nothing more of it is read meanwhile.</summary>
    /// <returns>Whether a flood begins.</returns>
    public async Task<bool> PaceAsync(CancellationToken cancellationToken)
    {
        if (_rate.Value.AttemptAcquire().IsAcquired)
        {
            return false;
        }

        (await _rate.Value.AcquireAsync(1, cancellationToken)).Dispose();
        return _flood.Add();
    }

    /// <summary>A message was sent that the device must acknowledge; false where too many are not acknowledged.</summary>
    public bool Sent() => Interlocked.Increment(ref _unacknowledged) <= BrokerLimits.WaitingMessages;

    public void Acknowledged() => Interlocked.Decrement(ref _unacknowledged);

    public void Abort(string reason) => context.Abort(new ConnectionAbortedException(reason));

    public void Dispose()
    {
        if (_rate.IsValueCreated)
        {
            _rate.Value.Dispose();
        }
    }
}
