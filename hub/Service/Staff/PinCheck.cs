namespace Reception.Hub.Staff;

/// <summary>
/// Checks PINs, two at a time: each check costs a processor some 50 ms, and many at once would stop the hall. Of one address as many
/// wait as a hall has officers, so that others are not kept waiting for long by it; one more is told to come again.
/// </summary>
internal sealed class PinCheck(TimeProvider clock) : IDisposable
{
    private const int AtOnce = 2;
    private const int MostOfAddress = 32;
    private const int MostOfAll = 96;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(AtOnce, AtOnce);
    private readonly Dictionary<string, int> _waiting = [];

    /// <summary>How long whoever found too many waiting is told to wait.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a PIN is right; null where too many are being checked.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="code">The officer's code.</param>
    /// <param name="hash">What is kept of the officer's PIN; null for an unknown officer.</param>
    /// <param name="pin">The PIN.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool?> VerifyAsync(string address, string code, string? hash, string pin, CancellationToken cancellationToken)
    {
        if (!TryWait(address))
        {
            return null;
        }

        try
        {
            using var patience = new CancellationTokenSource(LongestWait, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                await _turn.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                return null;
            }

            try
            {
                // On a thread of its own: the pool's threads serve everything else meanwhile.
                return await Task.Factory.StartNew(
                    () => Pins.Verify(code, hash, pin), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Leave(address);
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool TryWait(string address)
    {
        lock (_waiting)
        {
            var mine = _waiting.GetValueOrDefault(address);
            if (mine >= MostOfAddress || _waiting.Values.Sum() >= MostOfAll)
            {
                return false;
            }

            _waiting[address] = mine + 1;
            return true;
        }
    }

    private void Leave(string address)
    {
        lock (_waiting)
        {
            if (--_waiting[address] == 0)
            {
                _waiting.Remove(address);
            }
        }
    }
}
